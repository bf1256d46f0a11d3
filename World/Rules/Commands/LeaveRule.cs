// How a player's connection ends. Source: DESIGN §3 Session.
using Aetheris.Protocol.Commands;

namespace Aetheris.World;

/// <summary>
/// Quit, Revoked and ChangedRoom take the ship and everything owned at once; every other reason leaves them for the grace period
/// (<see cref="RoomSettings.GraceTicks"/>) with neutral input. A leave of an older connection has no effect.
/// </summary>
public sealed class LeaveRule : ICommandRule
{
    /// <inheritdoc />
    public string Name => "Leave";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Apply(RoomWorld world, in Command command)
    {
        var index = world.Players.IndexOf(command.Player);
        if (index >= 0 && !world.Players.At(index).Departed && command.Connection.Value >= world.Players.At(index).Connection.Value)
            Ownerships.Disconnect(world, index, command.Reason);
    }
}
