// A small generator with the same numbers on every runtime: impairment, backoff jitter and bots repeat from their seed.
namespace Aetheris.Client.Time;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014).</summary>
public sealed class SeededRandom
{
    private ulong _state;

    /// <summary>Starts a sequence.</summary>
    public SeededRandom(ulong seed) => _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15ul;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBul;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Uniform in [−1, 1).</summary>
    public double NextSigned() => NextDouble() * 2 - 1;
}
