// Learns when an input must leave to be just in time, from how early each one came.
using System;

namespace Aetheris.Client.Time;

/// <summary>
/// Each acknowledged input tells, without any feedback delay, when it should have left: its own sending time plus its slack is the latest
/// moment for its tick. Those moments lie on a line of one tick period per tick; it is smoothed here. Inputs aim before it by 3 ms (the
/// way from gateway to room and back) plus what the line, the caller's polling and late inputs show to be needed. One connection; µs.
/// </summary>
internal sealed class InputLead
{
    private const int Window = 64;
    private const double BaseMicros = 3000;
    private const double MaxLeadTicks = 5;
    private const double Smoothing = 0.05;
    private const double Spread = 3;
    private const double LateStepMicros = 1500;
    private const double CalmStepMicros = 5;
    private const ulong LateBurstTicks = 8;
    private const long MaxSlackMicros = 2_000_000;

    private readonly ulong[] _targets = new ulong[Window];
    private readonly long[] _sentAt = new long[Window];
    private double _period;
    private double _line;
    private double _lineDeviation;
    private double _pollDelay;
    private double _pollDeviation;
    private double _reserve;
    private ulong _origin;
    private ulong _burstEnd;

    /// <summary>Whether the line is known.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Smoothed slack of the inputs.</summary>
    public double Slack { get; private set; }

    /// <summary>Slack aimed at when an input leaves at the moment it is due.</summary>
    public double Wanted => Math.Min(MaxLeadTicks * _period, BaseMicros + (Spread * _lineDeviation) + _pollDelay + (Spread * _pollDeviation) + _reserve);

    /// <summary>Inputs that had not reached the room at their tick, lost packets included.</summary>
    public long Late { get; private set; }

    /// <summary>A new connection; <see cref="Late"/> stays.</summary>
    public void Reset(ulong tick, int tickRate)
    {
        _period = 1_000_000.0 / tickRate;
        _origin = tick;
        _lineDeviation = 0;
        _pollDelay = 0;
        _pollDeviation = 0;
        _reserve = 0;
        _burstEnd = 0;
        Slack = 0;
        Array.Clear(_targets, 0, Window);
        Forget();
    }

    /// <summary>The room's ticks do not lie on the old line any more.</summary>
    public void Forget() => IsKnown = false;

    /// <summary>The room stood still: how early the inputs on their way were says how long, not when to send.</summary>
    public void ForgetSent()
    {
        Array.Clear(_targets, 0, Window);
        Forget();
    }

    /// <summary>The input for a target leaves.</summary>
    public void OnSent(ulong target, long nowMicros)
    {
        _targets[target % Window] = target;
        _sentAt[target % Window] = nowMicros;
    }

    /// <summary>A target was taken so long after it was due: callers poll less often than time passes.</summary>
    public void OnDue(double delayMicros)
    {
        var delay = Math.Min(delayMicros, 2 * _period);
        _pollDeviation += (Math.Abs(delay - _pollDelay) - _pollDeviation) * Smoothing;
        _pollDelay += (delay - _pollDelay) * Smoothing;
    }

    /// <summary>The room's acknowledgement of a tick.</summary>
    /// <param name="tick">Its tick, above all before.</param>
    /// <param name="appliedTick">Largest target applied.</param>
    /// <param name="slackMicros">Slack of that input; <see cref="int.MinValue"/> = not known.</param>
    /// <param name="isAligned">Whether inputs leave when they are due: while the phase still moves there, late ones say nothing.</param>
    public void OnAck(ulong tick, ulong appliedTick, int slackMicros, bool isAligned)
    {
        if (appliedTick < tick && _targets[tick % Window] == tick)
            OnLate(tick, isAligned);
        else
            _reserve = Math.Max(0, _reserve - CalmStepMicros);

        var i = appliedTick % Window;
        if (appliedTick == 0 || _targets[i] != appliedTick || slackMicros == int.MinValue)
            return;
        _targets[i] = 0;
        var slack = Math.Max(-MaxSlackMicros, Math.Min(MaxSlackMicros, slackMicros));
        Observe(_sentAt[i] + slack - TimeOf(appliedTick), slack);
    }

    /// <summary>The tick whose input is due now, with a fraction.</summary>
    public double PhaseAt(long nowMicros) => _origin + ((nowMicros + Wanted - _line) / _period);

    private double TimeOf(ulong tick) => unchecked((long)(tick - _origin)) * _period;

    private void OnLate(ulong tick, bool isAligned)
    {
        Late++;
        if (tick < _burstEnd || !isAligned)
            return;
        // One hiccup makes several inputs late; it counts once.
        _burstEnd = tick + LateBurstTicks;
        _reserve = Math.Min(MaxLeadTicks * _period, _reserve + LateStepMicros);
    }

    private void Observe(double line, double slack)
    {
        if (!IsKnown)
        {
            IsKnown = true;
            _line = line;
            Slack = slack;
            return;
        }

        _lineDeviation += (Math.Abs(line - _line) - _lineDeviation) * Smoothing;
        _line += (line - _line) * 2 * Smoothing;
        Slack += (slack - Slack) * Smoothing;
    }
}
