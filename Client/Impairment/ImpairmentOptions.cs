// What a bad network does, as numbers.
namespace Aetheris.Client.Impairment;

/// <summary>Loss and delay, applied to each direction on its own.</summary>
/// <param name="Loss">Probability that a datagram disappears, 0 … 1.</param>
/// <param name="LatencyMs">One-way delay in milliseconds.</param>
/// <param name="JitterMs">Uniform deviation of the delay, ± milliseconds; later datagrams may overtake earlier ones.</param>
/// <param name="Seed">Repeats the same decisions.</param>
public sealed record ImpairmentOptions(double Loss, double LatencyMs, double JitterMs, ulong Seed)
{
    /// <summary>Whether it changes anything.</summary>
    public bool IsActive => Loss > 0 || LatencyMs > 0 || JitterMs > 0;
}
