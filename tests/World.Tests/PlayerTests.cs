// Joining, leaving, grace, replacement and the privileged commands.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Tests;

public class PlayerTests
{
    private readonly RoomWorld _world = Rooms.New(new RoomSettings { GraceTicks = 10, Capacity = 2 });

    [Fact]
    public void Join_gives_a_named_ship_at_the_origin_and_tells_the_player()
    {
        var events = _world.Run(Rooms.Join(Rooms.Ann, name: "Ann"));
        Assert.Equal([RoomEventKind.Joined, RoomEventKind.Possession], events.Select(e => e.Kind));
        Assert.All(events, e => Assert.Equal((Rooms.Ann, new NetworkId(1), 1UL), (e.To, e.Entity, e.Tick)));
        var slot = _world.ShipOf(Rooms.Ann);
        Assert.Equal("Ann", _world.Entities.Column(StandardComponents.PlayerName)[slot].Name);
        Assert.Equal(0f, _world.Entities.Column(StandardComponents.Transform)[slot].X);
        Assert.Equal(1u, _world.Entities.Column(StandardComponents.Ownership)[slot].Connection);
    }

    [Fact]
    public void Lost_ship_waits_for_the_grace_period_with_neutral_input_and_then_goes_with_what_its_player_spawned()
    {
        _world.Run(Rooms.Join(Rooms.Ann));
        _world.Run(
            Rooms.Input(Rooms.Ann, 2, 1),
            Rooms.Spawn(EntityTypes.Asteroid, 50) with { Player = Rooms.Ann, Connection = new ConnectionEpoch(1) });
        Assert.Equal(4, _world.Entities.Count);
        var left = Assert.Single(_world.Run(Rooms.Leave(Rooms.Ann, LeaveReason.Lost)));
        Assert.Equal((RoomEventKind.Left, (byte)LeaveReason.Lost), (left.Kind, left.Reason));
        Assert.Equal(0f, _world.HeldBy(Rooms.Ann).MoveX);
        _world.RunUntil(12);
        Assert.Equal(4, _world.Entities.Count);
        _world.Run();
        Assert.Equal([2UL, 3UL], Ids());
        Assert.Equal(0, _world.Players.Count);
    }

    [Fact]
    public void Join_within_the_grace_period_resumes_the_same_ship_with_a_new_chain()
    {
        _world.Run(Rooms.Join(Rooms.Ann));
        _world.Run(Rooms.Input(Rooms.Ann, 2, 1));
        _world.Run(Rooms.Leave(Rooms.Ann, LeaveReason.Expired));
        var events = _world.Run(Rooms.Join(Rooms.Ann, 2));
        Assert.Equal([RoomEventKind.Joined, RoomEventKind.Possession], events.Select(e => e.Kind));
        Assert.Equal(new NetworkId(1), events[0].Entity);
        Assert.Equal(0u, _world.StatusOf(Rooms.Ann).InputChain);
        Assert.Equal(0u, _world.StatusOf(Rooms.Ann).AppliedCount);
        _world.RunUntil(40);
        Assert.Contains(1UL, Ids());
    }

    [Fact]
    public void Newer_connection_replaces_the_older_and_keeps_the_ship()
    {
        _world.Run(Rooms.Join(Rooms.Ann));
        _world.Run(Rooms.Input(Rooms.Ann, 9, 1));
        var events = _world.Run(Rooms.Join(Rooms.Ann, 2));
        Assert.Equal([RoomEventKind.Left, RoomEventKind.Joined, RoomEventKind.Possession], events.Select(e => e.Kind));
        Assert.Equal((new ConnectionEpoch(1), (byte)LeaveReason.Replaced), (events[0].Connection, events[0].Reason));
        Assert.Equal(new ConnectionEpoch(2), events[2].Connection);
        Assert.Equal(2u, _world.Entities.Column(StandardComponents.Ownership)[_world.ShipOf(Rooms.Ann)].Connection);

        Assert.Empty(_world.Run(Rooms.Leave(Rooms.Ann, LeaveReason.Quit)));
        _world.RunUntil(30);
        Assert.Equal(0u, _world.StatusOf(Rooms.Ann).AppliedCount);
        var stale = Assert.Single(_world.Run(Rooms.Join(Rooms.Ann)));
        Assert.Equal((RoomEventKind.JoinRefused, (byte)JoinRefusal.Stale), (stale.Kind, stale.Reason));
    }

    [Theory]
    [InlineData(LeaveReason.Quit)]
    [InlineData(LeaveReason.Revoked)]
    [InlineData(LeaveReason.ChangedRoom)]
    public void Leaving_for_good_takes_the_ship_at_once_and_keeps_old_connections_out(LeaveReason reason)
    {
        _world.Run(Rooms.Join(Rooms.Ann, 5));
        _world.Run(Rooms.Leave(Rooms.Ann, reason, 5));
        Assert.Equal([2UL, 3UL], Ids());
        Assert.Equal(0, _world.Players.Places);
        Assert.Equal((byte)JoinRefusal.Stale, Assert.Single(_world.Run(Rooms.Join(Rooms.Ann, 4))).Reason);
        Assert.Equal(new NetworkId(4), _world.Run(Rooms.Join(Rooms.Ann, 6))[0].Entity);
    }

    [Fact]
    public void Capacity_counts_players_in_grace_but_no_spectators()
    {
        var third = new PlayerId(0, 3);
        _world.Run(Rooms.Join(Rooms.Ann), Rooms.Join(Rooms.Ben));
        _world.Run(Rooms.Leave(Rooms.Ben, LeaveReason.Lost));
        Assert.Equal((byte)JoinRefusal.Full, Assert.Single(_world.Run(Rooms.Join(third))).Reason);
        var watching = Assert.Single(_world.Run(Rooms.Join(third, spectator: true)));
        Assert.Equal((RoomEventKind.Joined, NetworkId.None), (watching.Kind, watching.Entity));
        _world.RunUntil(20);
        Assert.Equal(RoomEventKind.Possession, _world.Run(Rooms.Join(third, 2))[^1].Kind);
    }

    [Fact]
    public void Gateway_that_is_gone_sends_its_players_into_grace_and_its_sequence_is_forgotten()
    {
        _world.Run(Rooms.Join(Rooms.Ann) with { Gateway = Rooms.East, Sequence = 3 }, Rooms.Join(Rooms.Ben));
        var left = Assert.Single(_world.Run(new Command { Kind = CommandKind.GatewayGone, GoneGateway = Rooms.East }));
        Assert.Equal((Rooms.Ann, (byte)LeaveReason.GatewayGone), (left.To, left.Reason));
        Assert.Equal(0u, _world.Gateways.LastOf(Rooms.East));
        _world.RunUntil(12);
        Assert.Equal([2UL, 3UL, 4UL], Ids());
    }

    [Fact]
    public void Clearing_removes_everything_and_never_gives_an_id_twice()
    {
        _world.Run(Rooms.Join(Rooms.Ann), Rooms.Stress(10));
        var last = Ids()[^1];
        var cleared = Assert.Single(_world.Run(new Command { Kind = CommandKind.ClearWorld, Privileged = true }));
        Assert.Equal((RoomEventKind.Cleared, PlayerId.None), (cleared.Kind, cleared.To));
        Assert.Empty(Ids());
        _world.Run(Rooms.Spawn(EntityTypes.Hauler));
        Assert.Equal([last + 1, last + 2, last + 3], Ids());
        Assert.Equal(new NetworkId(last + 2), _world.Room);
        Assert.Equal(RoomEventKind.Possession, _world.Run(Rooms.Join(Rooms.Ann, 2))[^1].Kind);
    }

    [Fact]
    public void Privileged_commands_without_the_verdict_have_no_effect()
    {
        _world.Run(
            Rooms.Spawn(1) with { Privileged = false },
            Rooms.Stress(5) with { Privileged = false },
            Rooms.Spawn(1) with { Player = Rooms.Ben, Connection = new ConnectionEpoch(1) },
            Rooms.Spawn(99),
            Rooms.Spawn(1, float.NaN),
            Rooms.Spawn(1, 0, float.NegativeInfinity),
            Rooms.Spawn(1, 0, 0, float.PositiveInfinity));
        Assert.Empty(Ids());
    }

    [Fact]
    public void Spawn_wraps_only_what_is_outside_and_normalises_the_rotation()
    {
        _world.BeginTick();
        _world.Apply(Rooms.Spawn(EntityTypes.Asteroid, 249.99997f, 300, 1e9f));
        var transform = _world.Entities.Column(StandardComponents.Transform)[_world.Entities.Slots[0]];
        Assert.Equal(249.99997f, transform.X);
        Assert.Equal(-200f, transform.Y);
        Assert.InRange(transform.Rotation, -3.15f, 3.15f);
    }

    [Fact]
    public void Full_room_refuses_ships_and_stops_the_stress_test()
    {
        var small = Rooms.New(new RoomSettings { MaxEntities = 20 });
        small.Run(Rooms.Stress(100));
        Assert.Equal(20, small.Entities.Count);
        Assert.Equal((byte)JoinRefusal.Full, Assert.Single(small.Run(Rooms.Join(Rooms.Ann))).Reason);
    }

    private ulong[] Ids() => [.. _world.Entities.Slots.ToArray().Select(slot => _world.Entities.IdOf(slot).Value)];
}
