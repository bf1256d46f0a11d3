// What one connection may send.
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Messages at twice the tick rate on average, bytes per second, and a budget of violations. A message over budget is dropped and is
/// a violation; a connection that uses up its violations is closed.
/// </summary>
public struct InboundBudget
{
    private const double ViolationBurst = 240;
    private const double ViolationsPerSecond = 4;
    private TokenBucket _messages;
    private TokenBucket _bytes;
    private TokenBucket _violations;

    /// <summary>Full budgets.</summary>
    public InboundBudget(int tickRate, int bytesPerSecond, long now)
    {
        _messages = new TokenBucket(2.0 * tickRate, 2.0 * tickRate, now);
        _bytes = new TokenBucket(bytesPerSecond, bytesPerSecond, now);
        _violations = new TokenBucket(ViolationsPerSecond, ViolationBurst, now);
    }

    /// <summary>Whether a message of a size may be looked at.</summary>
    public bool TryTake(int bytes, long now) =>
        bytes is > 0 and <= LinkLimits.MaxInboundMessage && _messages.TryTake(1, now) && _bytes.TryTake(bytes, now);

    /// <summary>Counts a violation; false when there were too many.</summary>
    public bool TryForgive(long now) => _violations.TryTake(1, now);
}
