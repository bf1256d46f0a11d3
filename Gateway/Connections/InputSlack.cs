// Measures how early each input of a connection came: the client steers its sending by it, to a fraction of a tick.
namespace Aetheris.Gateway.Connections;

/// <summary>
/// An input's slack is the time from its first copy's arrival at this gateway to the moment at which the frame of its target tick is
/// passed on; negative when it arrived after that. Remembers the last <see cref="Depth"/> ticks; times are microseconds of one clock.
/// </summary>
public struct InputSlack
{
    /// <summary>Ticks remembered: more than the lead of any client that a room accepts (30), a power of two.</summary>
    public const int Depth = 32;

    /// <summary>Reported where nothing is known: no such input, or too long ago.</summary>
    public const int Unknown = int.MinValue;

    private readonly ulong[] _targets;
    private readonly long[] _arrivals;
    private readonly ulong[] _ticks;
    private readonly long[] _frames;

    /// <summary>Knows nothing yet.</summary>
    public InputSlack()
    {
        _targets = new ulong[Depth];
        _arrivals = new long[Depth];
        _ticks = new ulong[Depth];
        _frames = new long[Depth];
    }

    /// <summary>A new input arrived.</summary>
    public readonly void OnInput(ulong target, long nowMicros)
    {
        _targets[target % Depth] = target;
        _arrivals[target % Depth] = nowMicros;
    }

    /// <summary>The frame of a tick is passed on.</summary>
    public readonly void OnFrame(ulong tick, long nowMicros)
    {
        _ticks[tick % Depth] = tick;
        _frames[tick % Depth] = nowMicros;
    }

    /// <summary>Slack in microseconds of the input for a target tick whose frame has passed; else <see cref="Unknown"/>.</summary>
    public readonly int Of(ulong target)
    {
        var i = target % Depth;
        if (target == 0 || _targets[i] != target || _ticks[i] != target)
            return Unknown;
        return (int)Math.Clamp(_frames[i] - _arrivals[i], -int.MaxValue, int.MaxValue);
    }
}
