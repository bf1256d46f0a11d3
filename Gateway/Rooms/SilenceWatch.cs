// Notices that a room has gone silent, and when its clients are due to hear of it.
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Rooms;

/// <summary>Silent after six tick periods without a frame; then a pause is due 20 times per second.</summary>
internal sealed class SilenceWatch
{
    /// <summary>A silence worth a line in the log: shorter ones are a busy machine's, or a room's on its way.</summary>
    public const int LongMilliseconds = 1000;

    private const int SilentTickPeriods = 6;

    private long _lastFrame;
    private long _lastPause;
    private bool _isLong;

    /// <summary>Begins now.</summary>
    public SilenceWatch(long now) => _lastFrame = now;

    /// <summary>Whether the room is silent.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>How long no frame has come, in milliseconds; since the beginning before the first.</summary>
    public long SilentFor(long now) => now - _lastFrame;

    /// <summary>A frame came.</summary>
    /// <returns>How long the room was silent, in milliseconds; 0 when it was not.</returns>
    public long OnFrame(long now)
    {
        var silence = IsSilent ? Math.Max(1, now - _lastFrame) : 0;
        IsSilent = false;
        _isLong = false;
        _lastFrame = now;
        return silence;
    }

    /// <summary>Whether the silence begins now.</summary>
    public bool Begins(long now, int tickRate)
    {
        if (IsSilent || now - _lastFrame <= SilentTickPeriods * 1000L / tickRate)
            return false;
        IsSilent = true;
        return true;
    }

    /// <summary>Whether the silence is a long one from now on.</summary>
    public bool TurnsLong(long now)
    {
        if (!IsSilent || _isLong || SilentFor(now) < LongMilliseconds)
            return false;
        _isLong = true;
        return true;
    }

    /// <summary>Whether a pause is due.</summary>
    public bool IsPauseDue(long now)
    {
        if (!IsSilent || now - _lastPause < 1000 / LinkLimits.PauseHz)
            return false;
        _lastPause = now;
        return true;
    }
}
