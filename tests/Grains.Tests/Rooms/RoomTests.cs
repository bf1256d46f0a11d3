// A room without Orleans: subscriptions, silence, missed frames, idleness.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Grains.Ticking;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Rooms;

public sealed class RoomTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeGateway _gateway = new(21);

    [Fact]
    public void A_gateway_that_subscribes_late_holds_the_room_from_image_and_frames()
    {
        var room = Make.Room(_time, pilots: 5);
        Tick(room, 50);
        Subscribe(room);
        Tick(room, 50);
        Assert.Equal(51, _gateway.Headers.Count);
        Assert.Equal(50UL, _gateway.Headers[0].Seq);
        Assert.True(_gateway.Headers[0].IsImage);
        Assert.Equal(room.GetState(null)!.Image, Make.Image(_gateway.Replica));
    }

    [Fact]
    public void A_missed_frame_is_served_again_until_128_newer_ones_exist()
    {
        var room = Make.Room(_time, pilots: 2);
        Subscribe(room);
        Tick(room, 10);
        var missed = room.GetFrames(3, 4, 6);
        Assert.Equal(_gateway.Frames[4..7], missed);
        Assert.Empty(room.GetFrames(3, 0, 1));
        Assert.Empty(room.GetFrames(3, 9, 11));
        Assert.Empty(room.GetFrames(3, 6, 4));
        Assert.Empty(room.GetFrames(2, 4, 6));
        Assert.Empty(room.GetFrames(3, 1, ulong.MaxValue));
        Acknowledge(room);
        Tick(room, FrameRing.Capacity);
        Assert.Empty(room.GetFrames(3, 10, 10));
        Assert.Single(room.GetFrames(3, 11, 11));
    }

    [Fact]
    public void A_gateway_that_acknowledges_nothing_for_a_second_gets_no_more_frames()
    {
        var room = Make.Room(_time);
        Subscribe(room);
        _time.Advance(TimeSpan.FromMilliseconds(900));
        Acknowledge(room);
        _time.Advance(TimeSpan.FromMilliseconds(900));
        Tick(room, 1);
        Assert.Equal(2, _gateway.Frames.Count);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Tick(room, 5);
        Assert.Equal(2, _gateway.Frames.Count);
        Subscribe(room);
        Tick(room, 1);
        Assert.Equal(4, _gateway.Frames.Count);
    }

    [Fact]
    public void A_gateway_silent_for_six_seconds_is_gone_and_its_pilots_wait_in_their_grace_period()
    {
        var room = Make.Room(_time);
        var witness = new FakeGateway(22);
        Subscribe(room);
        witness.Take(room.Subscribe(witness.Id, witness).Image);
        _gateway.Queue(Make.Join(1));
        room.Submit(_gateway.Batch());
        Tick(room, 1);
        for (var i = 0; i < 12; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            room.Submit(witness.Batch());
            Tick(room, 1);
        }

        Assert.Contains(witness.Log, command => command.Kind == CommandKind.GatewayGone && command.GoneGateway == _gateway.Id);
        Assert.Contains(witness.Events, gone => gone.Kind == RoomEventKind.Left && gone.To == Make.Player(1) && gone.Reason == (byte)LeaveReason.GatewayGone);
        Assert.True(witness.Replica.TryGetShip(Make.Player(1), out _));
        Assert.Equal(1, room.GetListing().Players);

        // Back again it starts from nothing, and a newer connection resumes the ship.
        Assert.Equal(SubmitOutcome.UnknownGateway, room.Submit(_gateway.Batch()));
        Assert.Equal(0UL, room.Subscribe(_gateway.Id, _gateway).LastSequence);
    }

    [Fact]
    public void A_new_subscription_tells_how_far_the_commands_of_the_gateway_came()
    {
        var room = Make.Room(_time);
        Subscribe(room);
        _gateway.Queue(Make.Join(1));
        _gateway.Queue(Make.Input(1, 1, 1, 0));
        room.Submit(_gateway.Batch());
        Tick(room, 1);
        Assert.Equal(2UL, room.Subscribe(_gateway.Id, _gateway).LastSequence);
    }

    [Fact]
    public void An_observer_that_throws_or_fails_disturbs_neither_the_room_nor_the_others()
    {
        var room = Make.Room(_time);
        Assert.NotEmpty(room.Subscribe(new GatewayId(1), new ThrowingObserver()).Image);
        Assert.NotEmpty(room.Subscribe(new GatewayId(2), new FailingObserver()).Image);
        Subscribe(room);
        Tick(room, 3);
        Assert.Equal(4, _gateway.Frames.Count);
    }

    [Fact]
    public void A_gateway_that_never_answers_holds_up_neither_the_tick_nor_the_others()
    {
        var room = Make.Room(_time, new RoomTemplate(0, RoomAccess.Open, Stress: 1000, 0));
        var stuck = new StuckObserver();
        room.Subscribe(new GatewayId(1), stuck);
        Subscribe(room);
        for (var i = 0; i < 50; i++)
        {
            Acknowledge(room);
            Tick(room, 60);
        }

        Assert.Equal(3000UL, room.GetListing().Tick);
        Assert.Equal(3001, _gateway.Frames.Count);
        Assert.Equal(3000, stuck.Frames);
    }

    [Fact]
    public void Expelled_players_leave_with_the_next_tick()
    {
        var room = Make.Room(_time);
        Subscribe(room);
        _gateway.Queue(Make.Join(1, connection: 4));
        room.Submit(_gateway.Batch());
        Tick(room, 1);
        room.Expel(Make.Player(1), new ConnectionEpoch(3), LeaveReason.Revoked);
        Tick(room, 1);
        Assert.Equal(1, room.GetListing().Players);
        room.Expel(Make.Player(1), new ConnectionEpoch(4), LeaveReason.Revoked);
        Tick(room, 1);
        Assert.Equal(0, room.GetListing().Players);
        Assert.Contains(_gateway.Events, left => left.Kind == RoomEventKind.Left && left.Reason == (byte)LeaveReason.Revoked);
    }

    [Fact]
    public void Possession_is_kept_for_the_sessions_and_only_the_newest_per_player()
    {
        var room = Make.Room(_time, pilots: 3);
        Subscribe(room);
        _gateway.Queue(Make.Join(1, connection: 1));
        _gateway.Queue(Make.Join(1, connection: 2));
        room.Submit(_gateway.Batch());
        Tick(room, 1);
        var report = Assert.Single(room.Reports.Drain());
        Assert.Equal(Make.Player(1), report.Player);
        Assert.True(_gateway.Replica.TryGetShip(Make.Player(1), out var slot));
        Assert.Equal(_gateway.Replica.Entities.IdOf(slot), report.Ship);
        Assert.Empty(room.Reports.Drain());
    }

    [Fact]
    public void Sessions_hear_that_a_ship_is_gone_and_whether_its_pilot_keeps_their_place()
    {
        var room = Make.Room(_time);
        Subscribe(room);
        _gateway.Queue(Make.Join(1));
        _gateway.Queue(Make.Join(2));
        Submit(room);
        var ships = room.Reports.Drain();
        Assert.Equal(2, ships.Length);
        Assert.All(ships, report => Assert.True(report.HasPlace && report.Ship != NetworkId.None));

        _gateway.Queue(Make.Join(1) with { Kind = CommandKind.ClearWorld, Privileged = true });
        Submit(room);
        Assert.Equal(
            [new ShipReport(Make.Player(1), NetworkId.None, HasPlace: true), new ShipReport(Make.Player(2), NetworkId.None, HasPlace: true)],
            room.Reports.Drain().OrderBy(report => report.Player));

        _gateway.Queue(Make.Join(1));
        _gateway.Queue(Make.Join(2) with { Kind = CommandKind.Leave, Reason = LeaveReason.Quit });
        Submit(room);
        var after = room.Reports.Drain().OrderBy(report => report.Player).ToArray();
        Assert.Equal(2, after.Length);
        Assert.DoesNotContain(ships, report => report.Ship == after[0].Ship);
        Assert.Equal((true, new ShipReport(Make.Player(2), NetworkId.None, HasPlace: false)), (after[0].HasPlace, after[1]));
        Tick(room, 100);
        Assert.Empty(room.Reports.Drain());
    }

    [Fact]
    public void A_death_is_reported_as_no_ship_and_the_respawn_as_another()
    {
        var world = Make.World();
        var changes = new ChangeSet();
        var reports = new ShipReports(Make.Metrics);
        world.BeginTick();
        JoinRule.Join(world, Make.Join(1), -100, -100, 0);
        JoinRule.Join(world, Make.Join(2), -92, -100, 0);
        Assert.True(world.Players.TryGet(Make.Player(2), out var victim));
        Assert.True(world.Entities.TryGetSlot(victim.Ship, out var slot));
        world.Entities.Column(StandardComponents.ShieldPool).Set(slot, default);
        world.Entities.Column(StandardComponents.HullPool).Set(slot, new HullPool { Current = 1, Max = 200 });
        var told = new List<ShipReport>();
        for (var i = 0; i < 260; i++)
        {
            world.BeginTick();
            var fire = Make.Input(1, world.Tick, 0, 0);
            fire.Input.Buttons = i < 60 ? InputButtons.Fire : InputButtons.None;
            world.Apply(fire);
            world.Step();
            world.Extract(changes);
            reports.Note(world.Players, _ => true);
            told.AddRange(reports.Drain().Where(report => report.Player == Make.Player(2)));
        }

        Assert.Equal([victim.Ship, NetworkId.None], told.Take(2).Select(report => report.Ship));
        Assert.Equal(3, told.Count);
        Assert.True(told[2].Ship.Value > victim.Ship.Value);
        Assert.All(told, report => Assert.True(report.HasPlace));
    }

    [Fact]
    public void An_idle_room_drains_and_closes_unless_somebody_comes()
    {
        var room = Make.Room(_time, new RoomTemplate(0, RoomAccess.Open, 0, IdleCloseSeconds: 30));
        Assert.False(room.IsOver());
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(room.IsOver());
        Assert.Equal(RoomStatus.Draining, room.GetListing().Status);
        Subscribe(room);
        Assert.False(room.IsOver());
        Assert.Equal(RoomStatus.Active, room.GetListing().Status);
        room.Unsubscribe(_gateway.Id);
        Assert.False(room.IsOver());
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.False(room.IsOver());
        Assert.True(room.IsOver());
    }

    [Fact]
    public void A_closed_room_neither_ticks_nor_serves()
    {
        var room = Make.Room(_time);
        Subscribe(room);
        Tick(room, 2);
        room.Close();
        Tick(room, 2);
        Assert.Equal(3, _gateway.Frames.Count);
        Assert.Equal(RoomStatus.Closed, room.Subscribe(_gateway.Id, _gateway).Status);
        Assert.Equal(2UL, room.GetListing().Tick);
    }

    [Fact]
    public void A_stress_template_fills_the_room_with_its_first_tick()
    {
        var room = Make.Room(_time, new RoomTemplate(0, RoomAccess.Open, Stress: 100, 0));
        Tick(room, 1);
        Assert.InRange(room.GetListing().Entities, 100, 102);
    }

    private void Submit(Room room)
    {
        room.Submit(_gateway.Batch());
        Tick(room, 1);
    }

    private static void Tick(Room room, int ticks)
    {
        for (var i = 0; i < ticks; i++)
            room.Tick(default(TickMoment));
    }

    private void Subscribe(Room room)
    {
        var subscription = room.Subscribe(_gateway.Id, _gateway);
        Assert.Equal(60, subscription.TickRate);
        _gateway.Take(subscription.Image);
    }

    private void Acknowledge(Room room) => room.Submit(_gateway.Batch([]));

    private sealed class ThrowingObserver : IRoomObserver
    {
        public Task OnFrameAsync(byte[] frame) => throw new InvalidOperationException("gone");
    }

    private sealed class StuckObserver : IRoomObserver
    {
        private readonly TaskCompletionSource _never = new();

        public int Frames { get; private set; }

        public Task OnFrameAsync(byte[] frame)
        {
            Frames++;
            return _never.Task;
        }
    }

    private sealed class FailingObserver : IRoomObserver
    {
        public Task OnFrameAsync(byte[] frame) => Task.FromException(new InvalidOperationException("gone"));
    }
}
