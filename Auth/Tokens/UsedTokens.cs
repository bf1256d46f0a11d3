// Remembers connect tokens until they end, so that each opens one connection.
namespace Aetheris.Auth.Tokens;

/// <summary>The tokens that this process has seen used. Bounded: while it is full, nothing new is accepted. Thread-safe.</summary>
/// <param name="time">Clock.</param>
/// <param name="capacity">Most tokens kept; a token is kept for its life plus the verifier's skew.</param>
public sealed class UsedTokens(TimeProvider time, int capacity = 100_000)
{
    // Longer than the verifier's skew: a token is forgotten only when no verifier accepts it any more.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _byEnd = new();

    /// <summary>Whether a token was used here and is still remembered.</summary>
    public bool IsUsed(string jti)
    {
        lock (_lock)
            return _seen.Contains(jti);
    }

    /// <summary>Marks a token as used.</summary>
    /// <param name="jti">Identity of the token.</param>
    /// <param name="expiresAt">Its end.</param>
    /// <returns>False when it was used before, or when no more can be remembered.</returns>
    public bool TryUse(string jti, DateTimeOffset expiresAt)
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (_lock)
        {
            while (_byEnd.TryPeek(out var oldest, out var end) && end <= now)
            {
                _byEnd.Dequeue();
                _seen.Remove(oldest);
            }

            if (_seen.Count >= capacity || !_seen.Add(jti))
                return false;
            _byEnd.Enqueue(jti, (expiresAt + Margin).UtcTicks);
            return true;
        }
    }
}
