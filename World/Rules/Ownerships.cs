// What players own, and how they let go of it.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>Shared by the rules that end a connection.</summary>
internal static class Ownerships
{
    /// <summary>Whether a command may act: a player's through their current connection, the room's own always.</summary>
    internal static bool MayAct(RoomWorld world, in Command command) =>
        command.Player.IsNone || world.Players.TryCurrent(command.Player, command.Connection, out _);

    /// <summary>Whose entity it is; none for nobody's.</summary>
    internal static PlayerId OwnerOf(RoomWorld world, int slot)
    {
        ref readonly var owner = ref world.Entities.Column(StandardComponents.Ownership)[slot];
        return new PlayerId(owner.PlayerHigh, owner.PlayerLow);
    }

    /// <summary>Row of the player who steers an entity as their ship, negative if nobody does.</summary>
    internal static int PilotOf(RoomWorld world, int slot)
    {
        var owner = OwnerOf(world, slot);
        var index = owner.IsNone ? -1 : world.Players.IndexOf(owner);
        return index >= 0 && world.Players.At(index).Ship == world.Entities.IdOf(slot) ? index : -1;
    }

    /// <summary>Despawns the ship and everything else that the player owns, by ascending id; what was to come back does not.</summary>
    internal static void DespawnAllOf(RoomWorld world, PlayerId player)
    {
        world.Resource(StandardResources.AsteroidRespawns).Forget(player);
        world.Resource(StandardResources.DummyRespawns).Forget(player);
        var owners = world.Entities.Column(StandardComponents.Ownership);
        world.Buffers.Leaving.Clear();
        foreach (var slot in world.Entities.Slots)
        {
            if (owners.Has(slot) && owners[slot].PlayerHigh == player.High && owners[slot].PlayerLow == player.Low)
                world.Buffers.Leaving.Add(world.Entities.IdOf(slot));
        }

        world.DespawnAll(world.Buffers.Leaving);
    }

    /// <summary>Ends the connection of a row: at once for good, or with a grace period in which the ship waits without thrust.</summary>
    internal static void Disconnect(RoomWorld world, int index, LeaveReason reason)
    {
        ref var record = ref world.Players.At(index);
        if (record.Connected)
        {
            world.Emit(new RoomEvent
            {
                Kind = RoomEventKind.Left,
                To = record.Player,
                Connection = record.Connection,
                Entity = record.Ship,
                Reason = (byte)reason,
            });
        }

        var wasConnected = record.Connected;
        record.Connected = false;
        if (reason is LeaveReason.Quit or LeaveReason.Revoked or LeaveReason.ChangedRoom)
        {
            record.Departed = true;
            record.RespawnAt = 0;
            record.ExpiresAt = world.Tick + world.Settings.GraceTicks;
            DespawnAllOf(world, record.Player);
            return;
        }

        if (!wasConnected)
            return;
        record.ExpiresAt = world.Tick + world.Settings.GraceTicks;
        if (record.Ship == NetworkId.None || !world.Entities.TryGetSlot(record.Ship, out var slot))
            return;
        world.Entities.Column(StandardComponents.Ownership).Set(
            slot, new Ownership { PlayerHigh = record.Player.High, PlayerLow = record.Player.Low });
        world.Entities.Column(StandardComponents.PilotInput).Set(slot, default);
    }
}
