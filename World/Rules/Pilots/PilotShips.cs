// How a pilot gets a ship: by joining, and again after its death.
using System.Text;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

internal static class PilotShips
{
    /// <summary>Whether a player has lost their ship and is not due for the next.</summary>
    internal static bool MustWait(RoomWorld world, in PlayerRecord record) => record.RespawnAt > world.Tick;

    /// <summary>Gives a player without ship one of their type; false when the room is full.</summary>
    internal static bool TrySpawn(RoomWorld world, int index, float x, float y, float rotation)
    {
        ref var record = ref world.Players.At(index);
        var slot = EntitySpawner.Spawn(world, record.ShipType, x, y, rotation);
        if (slot < 0)
            return false;
        if (!string.IsNullOrEmpty(record.ShipName))
            world.Entities.Column(StandardComponents.PlayerName).Set(slot, new PlayerName { Name = record.ShipName });
        record.Ship = world.Entities.IdOf(slot);
        record.RespawnAt = 0;
        TakeControl(world, record);
        return true;
    }

    /// <summary>Acknowledgements start anew with every accepted join and every new ship, and nothing of an older connection acts on.</summary>
    internal static void TakeControl(RoomWorld world, in PlayerRecord record)
    {
        if (!world.Entities.TryGetSlot(record.Ship, out var slot))
            return;
        world.Entities.Column(StandardComponents.Ownership).Set(
            slot, new Ownership { PlayerHigh = record.Player.High, PlayerLow = record.Player.Low, Connection = record.Connection.Value });
        world.Entities.Column(StandardComponents.PilotStatus).Set(slot, default);
        world.Entities.Column(StandardComponents.PilotInput).Set(slot, default);
    }

    /// <summary>The name that a join asks for, if it is one.</summary>
    internal static string? NameOf(in Command command) =>
        !string.IsNullOrEmpty(command.Name) && Encoding.UTF8.GetByteCount(command.Name) <= CommandCodec.MaxNameBytes ? command.Name : null;
}
