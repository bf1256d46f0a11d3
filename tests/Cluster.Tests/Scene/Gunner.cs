// Fires single shots, each when the cooldown of the one before is over.
using Aetheris.Client;
using Aetheris.Protocol.Components;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class Gunner(AetherisClient client, ShipPilot pilot)
{
    private const ulong TicksForAnAnswer = 15;

    private ulong _nextRequest;

    public void Step()
    {
        var now = client.View.NewestTick;
        if (now < _nextRequest || !client.View.TryGet<Weapon>(pilot.Ship, ComponentKinds.Weapon, out var weapon, out _)
            || now < weapon.LastFiredTick + weapon.CooldownTicks)
        {
            return;
        }

        client.FirePrimary();
        _nextRequest = now + TicksForAnAnswer;
    }
}
