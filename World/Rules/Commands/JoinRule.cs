// How a player enters a room, resumes their ship or replaces their older connection. Source: DESIGN §3 Session, §1.1.
using System.Text;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// Accepts a connection that is newer than the one known (or the same while it is in its grace period): the ship is kept if there is
/// one, else a new one appears. The older connection is told Left(Replaced). Refused with JoinRefused: Stale for an older connection,
/// Full without a free place or a free entity, Policy for a type that no pilot may fly.
/// </summary>
public sealed class JoinRule : ICommandRule
{
    /// <inheritdoc />
    public string Name => "Join";

    /// <inheritdoc />
    public uint Version => 1;

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
        if (sameConnection && (old.Spectator || old.Ship != NetworkId.None))
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

        world.Players.At(index) = new PlayerRecord
        {
            Player = command.Player,
            Connection = command.Connection,
            Gateway = command.Gateway,
            Ship = old.Ship,
            Spectator = command.Spectator,
            Connected = true,
        };
        if (command.Spectator && old.Ship != NetworkId.None)
            Ownerships.DespawnAllOf(world, command.Player);
        else if (!command.Spectator && old.Ship == NetworkId.None)
            world.Players.At(index).Ship = SpawnShip(world, command, type, x, y, rotation);
        if (world.Players.At(index).Ship != NetworkId.None)
            TakeControl(world, world.Players.At(index));
        TellJoined(world, command, world.Players.At(index).Ship);
    }

    private static JoinRefusal Check(RoomWorld world, in Command command, bool known, in PlayerRecord old, ushort type)
    {
        if (known && command.Connection.Value < old.Connection.Value)
            return JoinRefusal.Stale;
        if (known && command.Connection == old.Connection && old.Departed)
            return JoinRefusal.Stale;
        if (command.Spectator)
            return JoinRefusal.None;
        if (!EntityTypes.TryGet(type, out var row) || !row.IsShip)
            return JoinRefusal.Policy;
        if (!(known && old.TakesPlace) && world.Settings.Capacity != 0 && world.Players.Places >= world.Settings.Capacity)
            return JoinRefusal.Full;
        return old.Ship == NetworkId.None && !EntitySpawner.HasRoomFor(world) ? JoinRefusal.Full : JoinRefusal.None;
    }

    private static NetworkId SpawnShip(RoomWorld world, in Command command, ushort type, float x, float y, float rotation)
    {
        var slot = EntitySpawner.Spawn(world, type, x, y, rotation);
        var entities = world.Entities;
        if (!string.IsNullOrEmpty(command.Name) && Encoding.UTF8.GetByteCount(command.Name) <= CommandCodec.MaxNameBytes)
            entities.Column(StandardComponents.PlayerName).Set(slot, new PlayerName { Name = command.Name });
        entities.Column(StandardComponents.PilotStatus).Set(slot, default);
        entities.Column(StandardComponents.PilotInput).Set(slot, default);
        return entities.IdOf(slot);
    }

    /// <summary>Acknowledgements start anew with every accepted join, and nothing of an older connection acts on.</summary>
    private static void TakeControl(RoomWorld world, in PlayerRecord record)
    {
        if (!world.Entities.TryGetSlot(record.Ship, out var slot))
            return;
        world.Entities.Column(StandardComponents.Ownership).Set(
            slot, new Ownership { PlayerHigh = record.Player.High, PlayerLow = record.Player.Low, Connection = record.Connection.Value });
        world.Entities.Column(StandardComponents.PilotStatus).Set(slot, default);
        world.Entities.Column(StandardComponents.PilotInput).Set(slot, default);
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
