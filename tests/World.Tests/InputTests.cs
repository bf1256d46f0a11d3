// The input rules of DESIGN §3, one by one.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;

namespace Aetheris.World.Tests;

public class InputTests
{
    private readonly RoomWorld _world = Rooms.New();

    public InputTests()
    {
        _world.Run(Rooms.Join(Rooms.Ann));
        _world.RunUntil(100);
    }

    [Fact]
    public void Input_waits_for_its_target_tick()
    {
        _world.Run(Rooms.Input(Rooms.Ann, 103, 1));
        Assert.Equal(0u, _world.StatusOf(Rooms.Ann).AppliedCount);
        Assert.Equal(2, _world.StatusOf(Rooms.Ann).Margin);
        _world.Run();
        Assert.Equal(0f, _world.HeldBy(Rooms.Ann).MoveX);
        _world.Run();
        Assert.Equal(1f, _world.HeldBy(Rooms.Ann).MoveX);
        Assert.Equal(103u, _world.StatusOf(Rooms.Ann).AppliedTick);
        Assert.Equal(1u, _world.StatusOf(Rooms.Ann).AppliedCount);
    }

    [Fact]
    public void Held_input_acts_for_fifteen_more_ticks_and_then_is_neutral()
    {
        _world.Run(Rooms.Input(Rooms.Ann, 101, 1, buttons: InputButtons.Fire | InputButtons.FirePrimary));
        _world.RunUntil(101 + 15);
        Assert.Equal(1f, _world.HeldBy(Rooms.Ann).MoveX);
        Assert.Equal(InputButtons.Fire, _world.HeldBy(Rooms.Ann).Buttons);
        _world.Run();
        Assert.Equal(0f, _world.HeldBy(Rooms.Ann).MoveX);
        Assert.Equal(InputButtons.None, _world.HeldBy(Rooms.Ann).Buttons);
    }

    [Fact]
    public void Late_input_applies_at_once_and_its_move_only_if_newer()
    {
        _world.Run(Rooms.Input(Rooms.Ann, 101, 1));
        _world.Run(Rooms.Input(Rooms.Ann, 95, -1, buttons: InputButtons.ToggleMining));
        Assert.Equal(1f, _world.HeldBy(Rooms.Ann).MoveX);
        Assert.Equal(2u, _world.StatusOf(Rooms.Ann).AppliedCount);
        Assert.Equal(101u, _world.StatusOf(Rooms.Ann).AppliedTick);
        Assert.Equal(-7, _world.StatusOf(Rooms.Ann).Margin);
        var applied = Assert.Single(_world.AppliedInputs);
        Assert.Equal(InputButtons.ToggleMining, applied.Input.Buttons);
        _world.RunUntil(105);
        Assert.Empty(_world.AppliedInputs);
        _world.Run(Rooms.Input(Rooms.Ann, 104, -1));
        Assert.Equal(-1f, _world.HeldBy(Rooms.Ann).MoveX);
    }

    [Fact]
    public void Several_due_inputs_apply_in_order_of_their_targets()
    {
        ShipInput first = Rooms.Input(Rooms.Ann, 99, 0.1f).Input, second = Rooms.Input(Rooms.Ann, 100, 0.2f).Input, third = Rooms.Input(Rooms.Ann, 101, 0.3f).Input;
        _world.Run(Rooms.Input(Rooms.Ann, 101, 0.3f), Rooms.Input(Rooms.Ann, 99, 0.1f), Rooms.Input(Rooms.Ann, 100, 0.2f));
        Assert.Equal(third.ChainAfter(second.ChainAfter(first.ChainAfter(0))), _world.StatusOf(Rooms.Ann).InputChain);
        Assert.Equal(3u, _world.StatusOf(Rooms.Ann).AppliedCount);
        Assert.Equal(0.3f, _world.HeldBy(Rooms.Ann).MoveX);
    }

    [Fact]
    public void Ninth_waiting_input_is_rejected_with_the_clock_hint()
    {
        var commands = Enumerable.Range(0, 9).Select(i => Rooms.Input(Rooms.Ann, 110 + (ulong)i)).ToArray();
        var rejected = Assert.Single(_world.Run(commands));
        Assert.Equal(RoomEventKind.InputRejected, rejected.Kind);
        Assert.Equal(Rooms.Ann, rejected.To);
        Assert.Equal(118 - 101, rejected.Amount);
        _world.RunUntil(120);
        Assert.Equal(8u, _world.StatusOf(Rooms.Ann).AppliedCount);
    }

    [Fact]
    public void Input_further_than_thirty_ticks_ahead_is_rejected_with_the_clock_hint()
    {
        Assert.Empty(_world.Run(Rooms.Input(Rooms.Ann, 131)));
        var far = Assert.Single(_world.Run(Rooms.Input(Rooms.Ann, 102 + 31)));
        Assert.Equal(31, far.Amount);
        var farthest = Assert.Single(_world.Run(Rooms.Input(Rooms.Ann, ulong.MaxValue)));
        Assert.Equal(int.MaxValue, farthest.Amount);
        Assert.Equal(30, _world.StatusOf(Rooms.Ann).Margin);
    }

    [Fact]
    public void Every_rejected_input_is_named_by_its_event()
    {
        var events = _world.Run(Rooms.Input(Rooms.Ann, 900), Rooms.Input(Rooms.Ann, 901), Rooms.Input(Rooms.Ann, 902));
        Assert.Equal([900ul, 901, 902], events.Select(e => e.Tick + (ulong)e.Amount));
    }

    [Theory]
    [InlineData(float.NaN, 0f)]
    [InlineData(0f, float.PositiveInfinity)]
    public void Move_that_is_not_finite_has_no_effect(float x, float y)
    {
        Assert.Empty(_world.Run(Rooms.Input(Rooms.Ann, 101, x, y)));
        Assert.Equal(0u, _world.StatusOf(Rooms.Ann).AppliedCount);
    }

    [Fact]
    public void Long_move_is_chained_as_sent_and_acts_scaled()
    {
        var other = Rooms.New();
        other.Run(Rooms.Join(Rooms.Ann));
        other.RunUntil(100);
        _world.Run(Rooms.Input(Rooms.Ann, 101, 3, 4));
        other.Run(Rooms.Input(Rooms.Ann, 101, 3f / 5f, 4f / 5f));
        Assert.Equal(Rooms.Input(Rooms.Ann, 101, 3, 4).Input.ChainAfter(0), _world.StatusOf(Rooms.Ann).InputChain);
        var velocities = _world.Entities.Column(StandardComponents.Velocity);
        Assert.True(velocities[_world.ShipOf(Rooms.Ann)].BitsEqual(other.Entities.Column(StandardComponents.Velocity)[other.ShipOf(Rooms.Ann)]));
    }

    [Fact]
    public void Input_of_another_connection_or_stranger_has_no_effect()
    {
        var hash = _world.StateHash();
        _world.BeginTick();
        var started = _world.StateHash();
        Assert.True(_world.Apply(Rooms.Input(Rooms.Ann, 101, 1, connection: 2)));
        Assert.True(_world.Apply(Rooms.Input(Rooms.Ben, 101, 1)));
        Assert.Equal(started, _world.StateHash());
        Assert.NotEqual(hash, started);
    }

    [Fact]
    public void Waiting_inputs_are_in_the_state_hash()
    {
        _world.BeginTick();
        var before = _world.StateHash();
        _world.Apply(Rooms.Input(Rooms.Ann, 110, 1));
        var one = _world.StateHash();
        _world.Apply(Rooms.Input(Rooms.Ann, 110, 1));
        Assert.Equal(3, new[] { before, one, _world.StateHash() }.Distinct().Count());
    }

    [Fact]
    public void Sequence_that_a_gateway_has_reached_is_ignored()
    {
        var command = Rooms.Input(Rooms.Ann, 105, 1) with { Gateway = Rooms.East, Sequence = 5 };
        _world.BeginTick();
        Assert.True(_world.Apply(command));
        Assert.False(_world.Apply(command));
        Assert.False(_world.Apply(command with { Sequence = 4 }));
        Assert.Equal(5u, _world.Gateways.LastOf(Rooms.East));
        Assert.False(_world.Apply(command with { Sequence = 6, Kind = (CommandKind)99 }));
        Assert.True(_world.Apply(command with { Sequence = 7, Kind = (CommandKind)200 }));
    }
}
