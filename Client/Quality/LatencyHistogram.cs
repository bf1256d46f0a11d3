// Percentiles of durations without keeping them.
using System;

namespace Aetheris.Client.Quality;

/// <summary>Log-linear buckets, about 1.6 % wide, from 1 µs to over an hour. Recording allocates nothing.</summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubCount = 1 << SubBits;
    private const int Buckets = (32 - SubBits + 2) * SubCount;

    private readonly long[] _counts = new long[Buckets];

    /// <summary>Values recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Largest value in microseconds.</summary>
    public long MaxMicros { get; private set; }

    /// <summary>Records one duration; negative ones count as 0.</summary>
    public void Record(long micros)
    {
        micros = Math.Max(0, Math.Min(uint.MaxValue, micros));
        _counts[IndexOf((uint)micros)]++;
        Count++;
        MaxMicros = Math.Max(MaxMicros, micros);
    }

    /// <summary>The value below which a share of all values lies, in milliseconds; 0 without values.</summary>
    /// <param name="share">0 … 1.</param>
    public double PercentileMs(double share)
    {
        if (Count == 0)
            return 0;
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Math.Min(MaxMicros, UpperOf(i)) / 1000.0;
        }

        return MaxMicros / 1000.0;
    }

    /// <summary>Adds another histogram.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        MaxMicros = Math.Max(MaxMicros, other.MaxMicros);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts, 0, _counts.Length);
        Count = 0;
        MaxMicros = 0;
    }

    private static int IndexOf(uint value)
    {
        var shift = 0;
        while (value >> shift >= SubCount * 2)
            shift++;
        return value < SubCount * 2 ? (int)value : (shift * SubCount) + (int)(value >> shift);
    }

    private static long UpperOf(int index)
    {
        if (index < SubCount * 2)
            return index;
        var shift = (index / SubCount) - 1;
        var sub = (index % SubCount) + SubCount;
        return ((long)(sub + 1) << shift) - 1;
    }
}
