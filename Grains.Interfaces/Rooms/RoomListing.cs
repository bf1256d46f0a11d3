// The figures of a room, as directories and operators see them.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>Figures of one room.</summary>
[GenerateSerializer, Immutable, Alias("aetheris.room.listing")]
public sealed record RoomListing
{
    /// <summary>Name, the grain key.</summary>
    [Id(0)] public required string Room { get; init; }

    /// <summary>Template it was created from.</summary>
    [Id(1)] public string Template { get; init; } = string.Empty;

    /// <summary>Stage of life.</summary>
    [Id(2)] public RoomStatus Status { get; init; }

    /// <summary>SiloName of the host.</summary>
    [Id(3)] public string Silo { get; init; } = string.Empty;

    /// <summary>Room epoch.</summary>
    [Id(4)] public uint Epoch { get; init; }

    /// <summary>Newest server tick.</summary>
    [Id(5)] public ulong Tick { get; init; }

    /// <summary>Players with a ship, connected or in grace.</summary>
    [Id(6)] public int Players { get; init; }

    /// <summary>Places; 0 = unlimited.</summary>
    [Id(7)] public int Capacity { get; init; }

    /// <summary>Entities.</summary>
    [Id(8)] public int Entities { get; init; }

    /// <summary>Wall time of a tick, 99th percentile of the last ~10 s, in milliseconds.</summary>
    [Id(9)] public double TickP99Ms { get; init; }

    /// <summary>Thread CPU time of a tick, median of the last ~10 s, in microseconds.</summary>
    [Id(10)] public double TickCpuP50Us { get; init; }

    /// <summary>Access policy, as its wire name.</summary>
    [Id(11)] public string Access { get; init; } = "Open";

    /// <summary>The last move between silos; null for a room that never moved.</summary>
    [Id(12)] public RoomMove? LastMove { get; init; }
}
