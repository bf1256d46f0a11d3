// Estimates where the room's tick is and when the next input is due, steered by how early the inputs come.
using System;

namespace Aetheris.Client.Time;

/// <summary>
/// Runs a phase counted in ticks ahead of the room, so that each input arrives a few milliseconds before the room takes it
/// (<see cref="InputLead"/>). The phase runs up to 5 % fast or slow; it jumps when it is more than 30 ticks off, or more than 4 for
/// 30 acknowledgements in a row, or when an input was rejected.
/// </summary>
public sealed class ServerClock
{
    /// <summary>Largest deviation of the phase's speed.</summary>
    public const double MaxSlew = 0.05;

    /// <summary>Distance in ticks beyond which the phase jumps at once.</summary>
    public const int JumpTicks = 30;

    /// <summary>Distance in ticks beyond which slewing would take too long, once it has lasted.</summary>
    public const int FarTicks = 4;

    private const double Gain = 0.1;
    private const double Smoothing = 0.1;
    private const double AlignedTicks = 0.25;
    private const int FarAcks = 30;
    private const int MaxBacklog = 8;
    private const int SilentPeriods = 8;

    private readonly InputLead _inputs = new();
    private long _last;
    private long _deafUntil;
    private long _newestAt;
    private double _phase;
    private double _epochMicros;
    private double _lead;
    private ulong _lastTarget;
    private bool _hasEstimate;
    private bool _isAligned;
    private int _farAcks;

    /// <summary>Ticks per second.</summary>
    public int TickRate { get; private set; } = 60;

    /// <summary>Whether <see cref="Start"/> was called.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Newest server tick seen.</summary>
    public ulong NewestTick { get; private set; }

    /// <summary>Whether the phase stands still because the room does.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Smoothed slack of the inputs in microseconds: from their arrival at the gateway to the frame of their target tick.</summary>
    public double MarginMicros => _inputs.Slack;

    /// <summary>Slack aimed at, in microseconds: 3 ms plus measured jitter, more after late inputs, at most five ticks.</summary>
    public double WantedMarginMicros => _inputs.Wanted;

    /// <summary>Inputs that were not in the room at their tick, over all connections; those of lost packets too.</summary>
    public long LateInputs => _inputs.Late;

    /// <summary>Current speed of the phase, 0.95 … 1.05.</summary>
    public double Speed { get; private set; } = 1;

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
        Speed = 1;
        _hasEstimate = false;
        _deafUntil = 0;
        _isAligned = false;
        _farAcks = 0;
        _inputs.Reset(serverTick, TickRate);
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

    /// <summary>How far the time between the newest target and the next one has passed, 0 … 1.</summary>
    public double Fraction => IsHeld ? 1 : Clamp(_phase - _lastTarget, 0, 1);

    /// <summary>Smooth estimate of the tick whose messages arrive now, with a fraction: what a view should show.</summary>
    public double ViewTick(long nowMicros) => _hasEstimate ? Math.Max(0, (nowMicros - _epochMicros) * TickRate / 1_000_000.0) : 0;

    /// <summary>The room acknowledges a tick, newer than all before, and reports how early an input came.</summary>
    /// <param name="nowMicros">Now.</param>
    /// <param name="tick">Server tick.</param>
    /// <param name="appliedTick">Largest target applied.</param>
    /// <param name="marginMicros">Slack of that input; <see cref="int.MinValue"/> = not known.</param>
    public void ObserveAck(long nowMicros, ulong tick, ulong appliedTick, int marginMicros)
    {
        if (!IsRunning)
            return;
        _inputs.OnAck(tick, appliedTick, marginMicros, _isAligned);
        if (!_inputs.IsKnown || nowMicros < _deafUntil)
            return;
        var error = _inputs.PhaseAt(nowMicros) - _phase - TicksOf(nowMicros - _last);
        _isAligned = Math.Abs(error) < AlignedTicks;
        _farAcks = Math.Abs(error) > FarTicks ? _farAcks + 1 : 0;
        if (Math.Abs(error) > JumpTicks || _farAcks == FarAcks)
            Jump(nowMicros, error);
        else
            Speed = 1 + Clamp(error * Gain, -MaxSlew, MaxSlew);
    }

    /// <summary>The room refused an input: jump at once.</summary>
    /// <param name="nowMicros">Now.</param>
    /// <param name="distance">The refused input's target minus the room's tick.</param>
    public void ObserveRejection(long nowMicros, int distance)
    {
        if (IsRunning && nowMicros >= _deafUntil)
            Jump(nowMicros, 1 - Clamp(distance, -100_000, 100_000));
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
        _phase += elapsed * TickRate / 1_000_000.0 * Speed;
        var reached = (ulong)Math.Max(0, Math.Floor(_phase));
        if (reached <= _lastTarget)
            return false;

        // A program that stood still does not send what it missed: those ticks are over.
        if (reached - _lastTarget > MaxBacklog)
            _lastTarget = reached - 1;
        target = ++_lastTarget;
        _inputs.OnDue((_phase - target) * 1_000_000.0 / TickRate);
        return true;
    }

    /// <summary>An input leaves for a target that was taken.</summary>
    public void MarkSent(ulong target, long nowMicros) => _inputs.OnSent(target, nowMicros);

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
        _inputs.ForgetSent();
        IsHeld = false;
    }

    private void Jump(long nowMicros, double ticks)
    {
        _phase = Math.Max(1, _phase + ticks);
        _lead += ticks;
        Speed = 1;
        _inputs.Forget();
        _farAcks = 0;
        _deafUntil = nowMicros + 500_000;
        Jumps++;
    }

    private double TicksOf(double micros) => micros * TickRate / 1_000_000.0;
}
