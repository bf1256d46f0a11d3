// What the loss of a gateway means for the room. Source: DESIGN §3 Commands.
using Aetheris.Protocol.Commands;

namespace Aetheris.World;

/// <summary>Forgets the gateway's sequence; its players enter their grace period as with Leave(GatewayGone), by ascending player id.</summary>
public sealed class GatewayGoneRule : ICommandRule
{
    /// <inheritdoc />
    public string Name => "GatewayGone";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Apply(RoomWorld world, in Command command)
    {
        for (var i = 0; i < world.Players.Count; i++)
        {
            if (world.Players[i].Connected && world.Players[i].Gateway == command.GoneGateway)
                Ownerships.Disconnect(world, i, LeaveReason.GatewayGone);
        }

        world.Gateways.Forget(command.GoneGateway);
    }
}
