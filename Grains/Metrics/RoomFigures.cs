// One room's current figures, written by its tick and read by gauges.
namespace Aetheris.Grains.Metrics;

/// <summary>Current figures of a room; written by its tick, read by anyone.</summary>
public sealed class RoomFigures
{
    private double _tickRate;
    private int _entities;
    private long _durableLag;

    /// <summary>Ticks per second between the last two tick starts; 0 before the second tick.</summary>
    public double TickRate
    {
        get => Volatile.Read(ref _tickRate);
        set => Volatile.Write(ref _tickRate, value);
    }

    /// <summary>Entities.</summary>
    public int Entities
    {
        get => Volatile.Read(ref _entities);
        set => Volatile.Write(ref _entities, value);
    }

    /// <summary>Ticks since the one that is safe in storage.</summary>
    public long DurableLag
    {
        get => Volatile.Read(ref _durableLag);
        set => Volatile.Write(ref _durableLag, value);
    }
}
