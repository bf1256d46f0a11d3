// How a player enters a room, resumes their ship or replaces their older connection. Source: DESIGN §3 Session, §1.1.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// Accepts a connection that is newer than the one known (or the same while it is in its grace period): the ship is kept if there is
/// one, else a new one appears, at once or, after a death, when its time has come (<see cref="PilotRespawnSystem"/>). The older connection is told Left(Replaced). Refused with JoinRefused: Stale for an older connection,
/// Full without a free row, place or entity, Policy for a type that no pilot may fly.
/// </summary>
public sealed class JoinRule : ICommandRule
{
    /// <inheritdoc />
    public string Name => "Join";

    /// <inheritdoc />
    public uint Version => 3;

    /// <inheritdoc />
    public void Apply(RoomWorld world, in Command command) => Join(world, command, 0, 0, 0);

    /// <summary>Joins with a place for a new ship; the command itself always means (0, 0), as in the original.</summary>
    public static void Join(RoomWorld world, in Command command, float x, float y, float rotation)
    {
        if (command.Player.IsNone || command.Connection == ConnectionEpoch.None)
            return;
        var type = command.EntityType == 0 ? EntityTypes.Interceptor : command.EntityType;
        var index = world.Players.IndexOf(command.Player);
        var known = index >= 0;
        var old = known ? world.Players.At(index) : default;
        var refusal = Check(world, command, known, old, type);
        if (refusal != JoinRefusal.None)
        {
            Tell(world, command, RoomEventKind.JoinRefused, command.Connection, NetworkId.None, (byte)refusal);
            return;
        }

        var sameConnection = known && old.Connected && old.Connection == command.Connection;
        if (sameConnection && (old.Spectator || old.Ship != NetworkId.None || PilotShips.MustWait(world, old)))
        {
            TellJoined(world, command, old.Ship);
            return;
        }

        if (old.Connected && !sameConnection)
            Tell(world, command, RoomEventKind.Left, old.Connection, old.Ship, (byte)LeaveReason.Replaced);
        if (!known)
        {
            index = ~index;
            world.Players.Insert(index, new PlayerRecord { Player = command.Player });
        }

        var keeps = old.Ship != NetworkId.None || PilotShips.MustWait(world, old);
        world.Players.At(index) = new PlayerRecord
        {
            Player = command.Player,
            Connection = command.Connection,
            Gateway = command.Gateway,
            Ship = old.Ship,
            ShipType = keeps ? old.ShipType : type,
            ShipName = keeps ? old.ShipName : PilotShips.NameOf(command),
            RespawnAt = command.Spectator ? 0 : old.RespawnAt,
            Spectator = command.Spectator,
            Connected = true,
        };
        if (command.Spectator && old.Ship != NetworkId.None)
            Ownerships.DespawnAllOf(world, command.Player);
        else if (old.Ship != NetworkId.None)
            PilotShips.TakeControl(world, world.Players.At(index));
        else if (!command.Spectator && !PilotShips.MustWait(world, old))
            PilotShips.TrySpawn(world, index, x, y, rotation);
        TellJoined(world, command, world.Players.At(index).Ship);
    }

    private static JoinRefusal Check(RoomWorld world, in Command command, bool known, in PlayerRecord old, ushort type)
    {
        if (known && command.Connection.Value < old.Connection.Value)
            return JoinRefusal.Stale;
        if (known && command.Connection == old.Connection && old.Departed)
            return JoinRefusal.Stale;
        if (!known && world.Players.Count == PlayerTable.MaxRows)
            return JoinRefusal.Full;
        if (command.Spectator)
            return JoinRefusal.None;
        if (!EntityTypes.TryGet(type, out var row) || !row.IsShip)
            return JoinRefusal.Policy;
        if (!(known && old.TakesPlace) && world.Settings.Capacity != 0
            && world.Players.Count >= world.Settings.Capacity && world.Players.Places >= world.Settings.Capacity)
            return JoinRefusal.Full;
        return old.Ship == NetworkId.None && !PilotShips.MustWait(world, old) && !EntitySpawner.HasRoomFor(world) ? JoinRefusal.Full : JoinRefusal.None;
    }

    private static void TellJoined(RoomWorld world, in Command command, NetworkId ship)
    {
        Tell(world, command, RoomEventKind.Joined, command.Connection, ship, 0);
        if (ship != NetworkId.None)
            Tell(world, command, RoomEventKind.Possession, command.Connection, ship, 0);
    }

    private static void Tell(RoomWorld world, in Command command, RoomEventKind kind, ConnectionEpoch connection, NetworkId entity, byte reason) =>
        world.Emit(new RoomEvent { Kind = kind, To = command.Player, Connection = connection, Entity = entity, Reason = reason });
}
