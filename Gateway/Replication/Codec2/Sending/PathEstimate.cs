// What acknowledgements say about the way to a client.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Smoothed round trip in ticks, and datagrams that arrived and were lost since they were last asked for. A mutable struct.</summary>
internal struct PathEstimate
{
    /// <summary>Datagrams behind the newest acknowledged one that may still be under way.</summary>
    public const int ReorderDatagrams = 16;

    private const float FirstGuess = 9;
    private const float AckPeriodTicks = 4;
    private const float MaxPatienceTicks = 60;
    private bool _isKnown;
    private float _smoothed;
    private float _deviation;

    /// <summary>Shortest round trip of late, ticks; rises slowly, so that a changed path is noticed.</summary>
    public float Shortest { get; private set; }

    /// <summary>Smoothed round trip, ticks.</summary>
    public readonly float RoundTrip => _isKnown ? _smoothed : FirstGuess;

    /// <summary>Ticks after which what is not acknowledged is taken as lost.</summary>
    public readonly ulong PatienceTicks => (ulong)Math.Min(MaxPatienceTicks, RoundTrip + (4 * _deviation) + AckPeriodTicks);

    /// <summary>Datagrams known to have arrived since the last <see cref="Restart"/>.</summary>
    public int Arrived { get; set; }

    /// <summary>Datagrams taken as lost since the last <see cref="Restart"/>.</summary>
    public int Lost { get; set; }

    /// <summary>Takes a measured round trip.</summary>
    public void Add(float ticks)
    {
        if (!_isKnown)
        {
            _isKnown = true;
            _smoothed = ticks;
            _deviation = ticks / 4;
            Shortest = ticks;
            return;
        }

        _deviation += (Math.Abs(ticks - _smoothed) - _deviation) / 8;
        _smoothed += (ticks - _smoothed) / 8;
        Shortest = Math.Min(ticks, Shortest + 0.005f);
    }

    /// <summary>Begins to count anew.</summary>
    public void Restart() => Arrived = Lost = 0;
}
