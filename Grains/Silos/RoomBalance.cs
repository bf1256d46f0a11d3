// Whether a silo should give a room away, and which.
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Grains.Silos;

/// <summary>The rule of rebalancing, without Orleans.</summary>
public static class RoomBalance
{
    /// <summary>A difference of one is no imbalance: the room would go back and forth.</summary>
    public const int Difference = 2;

    /// <summary>Seconds that a room rests after a move, whoever asked for it.</summary>
    public const int RestSeconds = 60;

    /// <summary>The room to give away: the one with the fewest players, ties by name; null when silos are even enough or all rooms rest.</summary>
    /// <param name="mine">Rooms of this silo.</param>
    /// <param name="fewest">Rooms of the emptiest other silo.</param>
    /// <param name="tickRate">Ticks per second.</param>
    public static RoomListing? Choose(IReadOnlyList<RoomListing> mine, int fewest, int tickRate)
    {
        if (mine.Count - fewest < Difference)
            return null;
        RoomListing? chosen = null;
        foreach (var room in mine)
        {
            if (room.Status != RoomStatus.Active || IsResting(room, tickRate))
                continue;
            if (chosen is null || room.Players < chosen.Players || (room.Players == chosen.Players && string.CompareOrdinal(room.Room, chosen.Room) < 0))
                chosen = room;
        }

        return chosen;
    }

    private static bool IsResting(RoomListing room, int tickRate) =>
        room.LastMove is { } move && room.Tick < move.Tick + ((ulong)tickRate * RestSeconds);
}
