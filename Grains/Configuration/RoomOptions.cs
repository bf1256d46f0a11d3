// How every room of this silo runs.
namespace Aetheris.Grains.Configuration;

/// <summary>Section <c>Aetheris:Room</c>.</summary>
public sealed class RoomOptions
{
    /// <summary>Ticks per second, 1–240.</summary>
    public int TickRate { get; set; } = 60;

    /// <summary>Ticks whose state is kept for the state route, 0–3,600; 120 in Development, else 0.</summary>
    public int HistoryTicks { get; set; }

    /// <summary>Run the clock threads at SCHED_FIFO where the process may.</summary>
    public bool RealtimeClock { get; set; }
}
