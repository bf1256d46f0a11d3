// How many bytes one client gets.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// A bucket of bytes that refills at a rate between floor and ceiling: the rate falls by an eighth when datagrams are lost or the round
/// trip grows, and rises by a sixteenth of the ceiling per second otherwise (additive increase, multiplicative decrease). What must be
/// sent may overdraw it; the debt, at most a second's worth, is paid by what can wait. A mutable struct.
/// </summary>
internal struct ByteBudget
{
    private const int JudgeTicks = 30;
    private const int MinJudged = 8;
    private const float MaxLoss = 0.08f;
    private const float MaxDelaySeconds = 0.08f;
    private const float Decrease = 0.875f;
    private const int IncreaseParts = 32;
    private const float BurstSeconds = 0.1f;
    private const int MinBurst = 1200;

    private readonly int _floor;
    private readonly int _ceiling;
    private readonly int _join;
    private int _ticks;

    /// <summary>A full bucket at the ceiling.</summary>
    /// <param name="floor">Bytes per second that are never gone below.</param>
    /// <param name="ceiling">Most bytes per second.</param>
    /// <param name="join">Most bytes per second while a client has not yet received everything once; counts if above the ceiling.</param>
    public ByteBudget(int floor, int ceiling, int join)
    {
        _ceiling = ceiling;
        _floor = Math.Min(floor, ceiling);
        _join = Math.Max(join, ceiling);
        Rate = ceiling;
        Bytes = MinBurst;
    }

    /// <summary>Bytes per second at present.</summary>
    public float Rate { get; private set; }

    /// <summary>Bytes that may be sent now; negative = owed.</summary>
    public float Bytes { get; private set; }

    /// <summary>Begins a tick.</summary>
    /// <param name="path">What acknowledgements say; its counts are taken.</param>
    /// <param name="tickRate">Ticks per second.</param>
    /// <param name="isJoining">Whether the client has not yet received everything once.</param>
    public void BeginTick(ref PathEstimate path, int tickRate, bool isJoining)
    {
        if (++_ticks >= JudgeTicks)
        {
            _ticks = 0;
            Judge(in path, tickRate);
            path.Restart();
        }

        var rate = isJoining ? Math.Max(Rate, _join * (Rate / _ceiling)) : Rate;
        Bytes = Math.Clamp(Bytes + (rate / tickRate), -rate, Math.Max(MinBurst, rate * BurstSeconds));
    }

    /// <summary>Takes what was sent.</summary>
    public void Take(int bytes) => Bytes -= bytes;

    private void Judge(in PathEstimate path, int tickRate)
    {
        var judged = path.Arrived + path.Lost;
        var lossy = judged >= MinJudged && path.Lost > judged * MaxLoss;
        var late = path.RoundTrip - path.Shortest > MaxDelaySeconds * tickRate;
        Rate = lossy || late
            ? Math.Max(_floor, Rate * Decrease)
            : Math.Min(_ceiling, Rate + ((float)_ceiling / IncreaseParts));
    }
}
