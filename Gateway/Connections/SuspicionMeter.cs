// Adds up what one connection does that no honest client would.
namespace Aetheris.Gateway.Connections;

/// <summary>
/// The session keeps the score (CONTROL_PLANE §4), so that a new connection does not start over; this holds what the session does not know
/// yet. A kind counts once per second: the score says for how long somebody goes on, not how fast their loop is. 300 clean ticks take
/// five points off. Edge thread only; allocates nothing.
/// </summary>
internal sealed class SuspicionMeter
{
    /// <summary>Clean ticks after which points are taken off.</summary>
    public const int CleanTicks = 300;

    private const int CleanPoints = 5;
    private const int OncePerMilliseconds = 1000;
    private const int Kinds = 5;

    // In the order of SuspicionKind.
    private static readonly int[] Points = [15, 25, 30, 50, 100];
    private static readonly string[] Labels = ["action_rate", "velocity", "sequence_gap", "value_range", "replay"];

    private readonly GatewayMetrics _metrics;
    private readonly long[] _countedAt = new long[Kinds];
    private int _known;
    private int _reported;
    private int _fresh;
    private int _cleanTicks;

    /// <summary>A meter at 0.</summary>
    public SuspicionMeter(GatewayMetrics metrics)
    {
        _metrics = metrics;
        Array.Fill(_countedAt, -OncePerMilliseconds);
    }

    /// <summary>Label values of the metric.</summary>
    public static IEnumerable<string> KindLabels => Labels;

    /// <summary>The session's score with what this connection added since it was told.</summary>
    public int Score => Math.Max(0, _known + _reported + _fresh);

    /// <summary>Notes a violation.</summary>
    public void Note(SuspicionKind kind, long now)
    {
        _metrics.Violations.Add(Labels[(int)kind]);
        if (now - _countedAt[(int)kind] < OncePerMilliseconds)
            return;
        _countedAt[(int)kind] = now;
        _cleanTicks = 0;
        _fresh += Points[(int)kind];
    }

    /// <summary>A tick has passed.</summary>
    public void OnTick()
    {
        if (Score == 0 || ++_cleanTicks < CleanTicks)
            return;
        _cleanTicks = 0;
        _fresh -= Math.Min(CleanPoints, Score);
    }

    /// <summary>What the session is to be told now.</summary>
    public int Report()
    {
        _reported += _fresh;
        _fresh = 0;
        return _reported;
    }

    /// <summary>The session has answered: this is its score with everything that was reported.</summary>
    public void Learn(int score)
    {
        _known = score;
        _reported = 0;
    }
}
