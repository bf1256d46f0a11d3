// Shows the player's own ship where it will be: the newest state from the room plus the inputs it has not answered yet.
using System;
using Aetheris.Client.View;
using Aetheris.Client.View.Motion;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Client.Prediction;

/// <summary>
/// Steps <see cref="ShipMotion"/> once per sent input. When the room's state of a tick arrives, it is compared with the prediction
/// for that tick by bits; a difference is one misprediction, and everything after it is predicted again from the room's state.
/// What ShipMotion cannot know (a respawn, an input that came late) counts as a misprediction too.
/// </summary>
public sealed class OwnShipPrediction
{
    private const int Window = 256;
    private const int HoldTicks = 15;
    private const int MaxAhead = 120;

    private readonly State[] _states = new State[Window];
    private readonly ShipInput[] _inputs = new ShipInput[Window];
    private NetworkId _ship;
    private ulong _base;
    private ulong _last;
    private float _deltaTime = 1f / 60f;

    /// <summary>Whether there is a prediction.</summary>
    public bool IsReady => _base != 0;

    /// <summary>Tick of the newest prediction.</summary>
    public ulong Tick => _last;

    /// <summary>Predicted place at <see cref="Tick"/>.</summary>
    public Transform Transform => _states[_last % Window].Transform;

    /// <summary>Predicted motion at <see cref="Tick"/>.</summary>
    public Velocity Velocity => _states[_last % Window].Velocity;

    /// <summary>Ticks compared with the room.</summary>
    public long Compared { get; private set; }

    /// <summary>Ticks at which the prediction had other bits than the room.</summary>
    public long Mispredictions { get; private set; }

    /// <summary>Hides the corrections.</summary>
    public CorrectionBlend Blend { get; } = new();

    /// <summary>Where to draw the ship between the last two predictions, corrections hidden; false without a prediction.</summary>
    internal bool TryGetShown(double fraction, MotionTrail room, out RenderedMotion motion)
    {
        motion = default;
        if (_base == 0)
            return false;
        ref readonly var now = ref _states[_last % Window];
        ref readonly var before = ref _states[(_last - 1) % Window];
        var back = before.Tick + 1 == now.Tick ? 1 - fraction : 0;
        var (dx, dy) = (MotionTrail.Shortest(before.Transform.X - now.Transform.X, room.SizeX), MotionTrail.Shortest(before.Transform.Y - now.Transform.Y, room.SizeY));
        motion = new RenderedMotion(
            MotionTrail.Wrap(now.Transform.X + (dx * back) + Blend.X, room.SizeX),
            MotionTrail.Wrap(now.Transform.Y + (dy * back) + Blend.Y, room.SizeY),
            (float)MotionTrail.Angle(now.Transform.Rotation + (MotionTrail.Angle(before.Transform.Rotation - now.Transform.Rotation) * back) + Blend.Rotation),
            IsExtrapolated: false);
        return true;
    }

    /// <summary>Starts over.</summary>
    public void Reset(int tickRate)
    {
        _ship = NetworkId.None;
        _base = 0;
        _last = 0;
        _deltaTime = (float)(1f / (float)Math.Max(1, tickRate));
        Array.Clear(_inputs, 0, Window);
        Array.Clear(_states, 0, Window);
        Blend.Clear();
    }

    /// <summary>An input was sent; the prediction goes on to its target tick.</summary>
    public void OnInput(in ShipInput input, ClientView view)
    {
        _inputs[input.TargetTick % Window] = input;
        if (_base != 0 && input.TargetTick > _last && input.TargetTick - _base < MaxAhead)
            PredictTo(input.TargetTick, view);
    }

    /// <summary>Compares with what has arrived and predicts again where it differs. Call after each batch of messages.</summary>
    public void Reconcile(ClientView view)
    {
        var ship = view.OwnShip;
        if (ship == NetworkId.None || !view.TryGetSlot(ship, out var slot))
            return;
        var transforms = view.Column<Transform>(ComponentKinds.Transform);
        var velocities = view.Column<Velocity>(ComponentKinds.Velocity);
        if (!transforms.Has(slot) || !velocities.Has(slot))
            return;
        var atTransform = transforms.TickOf(slot);
        var atVelocity = velocities.TickOf(slot);
        var tick = Math.Max(atTransform, atVelocity);
        if (ship != _ship || _base == 0)
        {
            Restart(ship, tick, transforms[slot], velocities[slot], view);
            return;
        }

        if (tick < _base || (tick == _base && _states[tick % Window].IsComplete))
            return;
        Compare(tick, tick == atTransform, tick == atVelocity, transforms[slot], velocities[slot], view);
    }

    private static bool TryGetRules(ClientView view, NetworkId ship, out PhysicsBody body, out int ore, out RoomBounds bounds)
    {
        body = default;
        ore = 0;
        bounds = default;
        if (!view.TryGet<Transform>(ship, ComponentKinds.Transform, out var transform, out _)
            || !EntityTypes.TryGet(transform.EntityType, out var type) || type.Body is null
            || !view.TryGet<RoomMembership>(ship, ComponentKinds.RoomMembership, out var membership, out _)
            || !view.TryGet(new NetworkId(membership.Room), ComponentKinds.RoomBounds, out bounds, out _))
        {
            return false;
        }

        body = type.Body.Value;
        if (view.TryGet<CargoHold>(ship, ComponentKinds.CargoHold, out var hold, out _))
            ore = hold.OreCount;
        return true;
    }

    private void Restart(NetworkId ship, ulong tick, in Transform transform, in Velocity velocity, ClientView view)
    {
        if (!TryGetRules(view, ship, out _, out _, out _))
            return;
        _ship = ship;
        var target = Math.Max(_last, tick);
        SetBase(tick, transform, velocity, isComplete: false);
        PredictTo(target, view);
    }

    private void Compare(ulong tick, bool hasTransform, bool hasVelocity, in Transform transform, in Velocity velocity, ClientView view)
    {
        ref var predicted = ref _states[tick % Window];
        if (predicted.Tick != tick)
        {
            // The room is past everything predicted: nothing to compare with.
            SetBase(tick, transform, velocity, hasTransform && hasVelocity);
            return;
        }

        var differs = (hasTransform && !predicted.Transform.BitsEqual(transform)) || (hasVelocity && !predicted.Velocity.BitsEqual(velocity));
        if (!predicted.IsCompared)
            Compared++;
        if (differs && !predicted.IsWrong)
            Mispredictions++;
        predicted.IsCompared = true;
        predicted.IsWrong |= differs;
        predicted.IsComplete |= hasTransform && hasVelocity;
        _base = tick;
        if (!differs)
            return;
        var (last, shown) = (_last, _states[_last % Window].Transform);
        if (hasTransform)
            predicted.Transform = transform;
        if (hasVelocity)
            predicted.Velocity = velocity;
        _last = tick;
        PredictTo(last, view);
        ref readonly var right = ref _states[_last % Window].Transform;
        if (_last == last)
        {
            Blend.Add(
                MotionTrail.Shortest(shown.X - right.X, view.Motion.SizeX),
                MotionTrail.Shortest(shown.Y - right.Y, view.Motion.SizeY),
                MotionTrail.Angle(shown.Rotation - right.Rotation));
        }
    }

    private void SetBase(ulong tick, in Transform transform, in Velocity velocity, bool isComplete)
    {
        _states[tick % Window] = new State { Tick = tick, Transform = transform, Velocity = velocity, IsComplete = isComplete, IsWrong = !isComplete };
        _base = tick;
        _last = tick;
    }

    private void PredictTo(ulong target, ClientView view)
    {
        if (!TryGetRules(view, _ship, out var body, out var ore, out var bounds) || target - _base >= MaxAhead)
            return;
        for (var tick = _last + 1; tick <= target; tick++)
        {
            var state = _states[(tick - 1) % Window];
            var held = HeldAt(tick);
            ShipMotion.Tick(ref state.Transform, ref state.Velocity, body, held.MoveX, held.MoveY, ore, bounds, _deltaTime);
            state.Tick = tick;
            state.IsCompared = false;
            state.IsWrong = false;
            state.IsComplete = false;
            _states[tick % Window] = state;
            _last = tick;
        }
    }

    /// <summary>The input of a tick, else the one held from up to 15 ticks before, else neutral (DESIGN §3 Input).</summary>
    private ShipInput HeldAt(ulong tick)
    {
        for (var back = 0ul; back <= HoldTicks && back < tick; back++)
        {
            ref readonly var input = ref _inputs[(tick - back) % Window];
            if (input.TargetTick == tick - back)
                return input;
        }

        return default;
    }

    private struct State
    {
        public ulong Tick;
        public Transform Transform;
        public Velocity Velocity;
        public bool IsCompared;
        public bool IsWrong;
        public bool IsComplete;
    }
}
