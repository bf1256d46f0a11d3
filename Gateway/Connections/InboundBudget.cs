// What one connection may send.
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Messages at twice the tick rate on average, bytes per second, a bound of both per tick (T-14: no client fills a tick), and a budget of
/// violations. A message over budget is dropped and is a violation; a connection that uses up its violations is closed.
/// </summary>
public struct InboundBudget
{
    /// <summary>Most messages of one tick: about a second's worth, for a client whose link stood still.</summary>
    public const int MaxMessagesPerTick = 64;

    /// <summary>Most bytes of one tick: two messages of the largest size.</summary>
    public const int MaxBytesPerTick = 2 * LinkLimits.MaxInboundMessage;

    private const double ViolationBurst = 240;
    private const double ViolationsPerSecond = 4;

    // While the room is silent no tick begins; clients go on pinging.
    private const int SilentTickMilliseconds = 100;

    private TokenBucket _messages;
    private TokenBucket _bytes;
    private TokenBucket _violations;
    private long _tickStarted;
    private int _tickMessages;
    private int _tickBytes;
    private bool _tickBegins;

    /// <summary>Full budgets.</summary>
    public InboundBudget(int tickRate, int bytesPerSecond, long now)
    {
        _messages = new TokenBucket(2.0 * tickRate, 2.0 * tickRate, now);
        _bytes = new TokenBucket(bytesPerSecond, bytesPerSecond, now);
        _violations = new TokenBucket(ViolationsPerSecond, ViolationBurst, now);
        _tickStarted = now;
    }

    /// <summary>The room has ticked.</summary>
    public void BeginTick() => _tickBegins = true;

    /// <summary>Whether a message of a size may be looked at.</summary>
    public bool TryTake(int bytes, long now)
    {
        if (_tickBegins || now - _tickStarted >= SilentTickMilliseconds)
        {
            _tickBegins = false;
            _tickStarted = now;
            _tickMessages = 0;
            _tickBytes = 0;
        }

        if (bytes is <= 0 or > LinkLimits.MaxInboundMessage || _tickMessages >= MaxMessagesPerTick || _tickBytes + bytes > MaxBytesPerTick
            || !_messages.TryTake(1, now) || !_bytes.TryTake(bytes, now))
        {
            return false;
        }

        _tickMessages++;
        _tickBytes += bytes;
        return true;
    }

    /// <summary>Counts a violation; false when there were too many.</summary>
    public bool TryForgive(long now) => _violations.TryTake(1, now);
}
