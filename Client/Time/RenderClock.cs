// Says which server tick to show: late enough that it has arrived, and no later.
using System;

namespace Aetheris.Client.Time;

/// <summary>
/// Runs on its own, up to 10 % fast or slow, behind the estimate of the tick whose messages arrive now. The distance is what arrivals
/// needed: at each new tick, how old the newest one before it had become. Jitter and loss both count that way.
/// </summary>
public sealed class RenderClock
{
    /// <summary>Largest delay in ticks.</summary>
    public const double MaxDelayTicks = 12;

    private const double MaxSlew = 0.1;
    private const double Gain = 0.1;
    private const double JumpTicks = 30;
    private const double Rise = 0.25;
    private const double Fall = 0.01;
    private const double Smoothing = 0.05;

    private readonly ServerClock _server;
    private long _last;
    private ulong _newest;
    private double _meanNeed;

    /// <summary>A clock behind a server's.</summary>
    internal RenderClock(ServerClock server) => _server = server;

    /// <summary>The tick to show, with a fraction.</summary>
    public double Tick { get; private set; }

    /// <summary>Ticks behind the newest that could have arrived.</summary>
    public double DelayTicks { get; private set; } = 1.5;

    /// <summary>Mean deviation of arrivals, in milliseconds.</summary>
    public double JitterMs { get; private set; }

    /// <summary>Frames for which nothing had arrived yet.</summary>
    public long LateFrames { get; private set; }

    /// <summary>Frames.</summary>
    public long Frames { get; private set; }

    /// <summary>A new connection.</summary>
    internal void Reset()
    {
        Tick = 0;
        _newest = 0;
        _meanNeed = 1;
        DelayTicks = 1.5;
    }

    /// <summary>A tick newer than all before arrived.</summary>
    internal void ObserveArrival(long nowMicros, ulong tick)
    {
        if (_newest != 0)
        {
            var need = Math.Min(MaxDelayTicks, Math.Max(0, _server.ViewTick(nowMicros) - _newest));
            DelayTicks += need > DelayTicks ? (need - DelayTicks) * Rise : -Fall * Math.Min(1, DelayTicks - need);
            JitterMs += ((Math.Abs(need - _meanNeed) * 1000 / _server.TickRate) - JitterMs) * Smoothing;
            _meanNeed += (need - _meanNeed) * Smoothing;
        }

        _newest = tick;
    }

    /// <summary>Advances; once per frame.</summary>
    internal void Advance(long nowMicros)
    {
        var elapsed = Math.Max(0, nowMicros - _last) * _server.TickRate / 1_000_000.0;
        _last = nowMicros;
        if (_newest == 0)
            return;

        // A room that stands still is shown where it stands.
        var wanted = Math.Min(_server.ViewTick(nowMicros), _newest + MaxDelayTicks) - DelayTicks;
        var error = wanted - Tick;
        if (Tick == 0 || Math.Abs(error) > JumpTicks)
            Tick = Math.Max(0, wanted);
        else
            Tick += Math.Max(0, elapsed * (1 + Math.Max(-MaxSlew, Math.Min(MaxSlew, (error - elapsed) * Gain))));
        Frames++;
        if (Tick > _newest)
            LateFrames++;
    }
}
