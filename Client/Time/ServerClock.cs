// Estimates where the room's tick is and when the next input is due, steered by the margins that the room reports.
using System;

namespace Aetheris.Client.Time;

/// <summary>
/// Runs a phase counted in ticks ahead of the room, so that each input arrives about one tick plus jitter early.
/// The phase only ever runs up to 5 % fast or slow; it jumps when it is more than 30 ticks off or an input was rejected.
/// </summary>
public sealed class ServerClock
{
    /// <summary>Largest deviation of the phase's speed.</summary>
    public const double MaxSlew = 0.05;

    /// <summary>Distance in ticks beyond which slewing would take too long.</summary>
    public const int JumpTicks = 30;

    // The room queues eight inputs per ship: a lead near that would be refused.
    private const double MaxLead = 5;
    private const double Gain = 0.02;
    private const double Smoothing = 0.1;
    private const int MaxBacklog = 8;
    private const int SilentPeriods = 4;

    private long _last;
    private long _deafUntil;
    private long _newestAt;
    private double _phase;
    private double _margin;
    private double _deviation;
    private double _speed = 1;
    private double _epochMicros;
    private double _lead;
    private ulong _lastTarget;
    private bool _hasMargin;
    private bool _hasEstimate;

    /// <summary>Ticks per second.</summary>
    public int TickRate { get; private set; } = 60;

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Newest server tick seen.</summary>
    public ulong NewestTick { get; private set; }

    /// <summary>Whether the phase stands still because the room does.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Smoothed margin in ticks.</summary>
    public double Margin => _margin;

    /// <summary>
    /// Margin aimed at, in ticks: between 0 and 1, which is one tick before the room takes the input, plus jitter. Margins are whole
    /// ticks, so at that boundary they flip by themselves: about that much deviation is no jitter.
    /// </summary>
    public double TargetMargin => Math.Min(MaxLead, 0.5 + (4 * Math.Max(0, _deviation - 0.4)));

    /// <summary>Current speed of the phase, 0.95 … 1.05.</summary>
    public double Speed => _speed;

    /// <summary>Times the phase jumped.</summary>
    public int Jumps { get; private set; }

    /// <summary>Starts the phase.</summary>
    /// <param name="nowMicros">Now.</param>
    /// <param name="serverTick">Tick in the Accept message.</param>
    /// <param name="tickRate">Ticks per second; values outside 1–1,000 become 60.</param>
    /// <param name="roundTripMicros">Best guess.</param>
    public void Start(long nowMicros, ulong serverTick, int tickRate, long roundTripMicros)
    {
        TickRate = tickRate is >= 1 and <= 1000 ? tickRate : 60;
        _phase = serverTick + TicksOf(Clamp(roundTripMicros, 0, 1_000_000)) + 2;
        _last = nowMicros;
        _lastTarget = (ulong)Math.Floor(_phase);
        _lead = _phase - serverTick;
        _speed = 1;
        _hasMargin = false;
        _hasEstimate = false;
        _deviation = 0.5;
        _deafUntil = 0;
        NewestTick = 0;
        IsHeld = false;
        IsRunning = true;
        ObserveTick(nowMicros, serverTick);
    }

    /// <summary>Stops the phase: no input is due.</summary>
    public void Stop() => IsRunning = false;

    /// <summary>A message of a server tick arrived.</summary>
    /// <returns>Whether the tick is newer than all before.</returns>
    public bool ObserveTick(long nowMicros, ulong tick)
    {
        if (tick <= NewestTick && NewestTick != 0)
            return false;
        NewestTick = tick;
        _newestAt = nowMicros;
        Follow(tick);
        var observed = nowMicros - (tick * 1_000_000.0 / TickRate);
        if (!_hasEstimate || Math.Abs(observed - _epochMicros) > 500_000)
            _epochMicros = observed;
        else
            _epochMicros += (observed - _epochMicros) * (observed < _epochMicros ? 0.25 : 0.02);
        _hasEstimate = true;
        return true;
    }

    /// <summary>Smooth estimate of the tick whose messages arrive now, with a fraction: what a view should show.</summary>
    public double ViewTick(long nowMicros) => _hasEstimate ? Math.Max(0, (nowMicros - _epochMicros) * TickRate / 1_000_000.0) : 0;

    /// <summary>The room reports how early the newest input arrived.</summary>
    public void ObserveMargin(long nowMicros, int margin)
    {
        if (!IsRunning || nowMicros < _deafUntil)
            return;
        double value = Clamp(margin, -100_000, 100_000);
        if (Math.Abs(value - TargetMargin) > JumpTicks)
        {
            Jump(nowMicros, TargetMargin - value);
            return;
        }

        if (!_hasMargin)
        {
            _margin = value;
            _hasMargin = true;
        }

        _deviation += (Math.Abs(value - _margin) - _deviation) * Smoothing;
        _margin += (value - _margin) * Smoothing;
        _speed = 1 - Clamp((_margin - TargetMargin) * Gain, -MaxSlew, MaxSlew);
    }

    /// <summary>The room refused an input: jump at once.</summary>
    /// <param name="nowMicros">Now.</param>
    /// <param name="distance">The refused input's target minus the room's tick.</param>
    public void ObserveRejection(long nowMicros, int distance)
    {
        if (IsRunning && nowMicros >= _deafUntil)
            Jump(nowMicros, TargetMargin - Clamp(distance, -100_000, 100_000));
    }

    /// <summary>The gateway says that the room is silent: the phase waits with it.</summary>
    public void ObservePause() => IsHeld = IsRunning;

    /// <summary>Advances the phase and gives the next target tick that is due; call until false. Targets strictly rise.</summary>
    public bool TryTakeTarget(long nowMicros, out ulong target)
    {
        target = 0;
        if (!IsRunning)
            return false;
        var elapsed = Math.Max(0, nowMicros - _last);
        _last = nowMicros;

        // A room that stands still would refuse inputs that run ahead of it; on a dead link nothing would arrive anyway.
        IsHeld |= nowMicros - _newestAt > SilentPeriods * 1_000_000 / TickRate;
        if (IsHeld)
            return false;
        _phase += elapsed * TickRate / 1_000_000.0 * _speed;
        var reached = (ulong)Math.Max(0, Math.Floor(_phase));
        if (reached <= _lastTarget)
            return false;

        // A program that stood still does not send what it missed: those ticks are over.
        if (reached - _lastTarget > MaxBacklog)
            _lastTarget = reached - 1;
        target = ++_lastTarget;
        return true;
    }

    private static double Clamp(double value, double min, double max) => Math.Max(min, Math.Min(max, value));

    /// <summary>Keeps the lead over the room's ticks; after a silence the phase goes on with the same lead.</summary>
    private void Follow(ulong tick)
    {
        if (!IsHeld)
        {
            _lead += (_phase - tick - _lead) * Smoothing;
            return;
        }

        _phase = tick + _lead;
        IsHeld = false;
    }

    private void Jump(long nowMicros, double ticks)
    {
        _phase = Math.Max(1, _phase + ticks);
        _lead += ticks;
        _speed = 1;
        _hasMargin = false;
        _deafUntil = nowMicros + 500_000;
        Jumps++;
    }

    private double TicksOf(double micros) => micros * TickRate / 1_000_000.0;
}
