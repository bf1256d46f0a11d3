// A rate limit with a burst.
namespace Aetheris.Gateway.Connections;

/// <summary>Tokens that refill at a steady rate up to a burst. A mutable struct: keep it in a field.</summary>
public struct TokenBucket
{
    private readonly double _perMillisecond;
    private readonly double _burst;
    private double _tokens;
    private long _at;

    /// <summary>A full bucket.</summary>
    /// <param name="perSecond">Refill per second.</param>
    /// <param name="burst">Most tokens.</param>
    /// <param name="now">Milliseconds.</param>
    public TokenBucket(double perSecond, double burst, long now)
    {
        _perMillisecond = perSecond / 1000;
        _burst = burst;
        _tokens = burst;
        _at = now;
    }

    /// <summary>Whether the bucket would be full now: its owner has been quiet.</summary>
    public readonly bool IsFull(long now) => _tokens + ((now - _at) * _perMillisecond) >= _burst;

    /// <summary>Takes tokens if there are enough.</summary>
    public bool TryTake(double amount, long now)
    {
        if (now > _at)
        {
            _tokens = Math.Min(_burst, _tokens + ((now - _at) * _perMillisecond));
            _at = now;
        }

        if (_tokens < amount)
            return false;
        _tokens -= amount;
        return true;
    }
}
