// How long to wait before the next attempt.
using System;
using Aetheris.Client.Time;

namespace Aetheris.Client.Connection;

/// <summary>Doubles from 100 ms to 5 s, each time spread over the upper half so that clients of a dead gateway do not come back in step.</summary>
public sealed class ReconnectBackoff
{
    /// <summary>First delay before jitter, microseconds.</summary>
    public const long FirstMicros = 100_000;

    /// <summary>Longest delay, microseconds.</summary>
    public const long MaxMicros = 5_000_000;

    private readonly SeededRandom _random;

    /// <summary>Creates a backoff.</summary>
    public ReconnectBackoff(ulong seed) => _random = new SeededRandom(seed);

    /// <summary>Attempts since the last success.</summary>
    public int Attempts { get; private set; }

    /// <summary>The delay before the next attempt: in (half, full] of the doubling delay.</summary>
    public long NextMicros()
    {
        var full = Math.Min(MaxMicros, FirstMicros << Math.Min(Attempts, 20));
        Attempts++;
        return full - (long)(_random.NextDouble() * full / 2);
    }

    /// <summary>The connection stands.</summary>
    public void Reset() => Attempts = 0;
}
