// What a link does when its room is silent, recovers, or comes back without a part of its history.
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public class RoomRecoveryTests
{
    private static readonly GatewayId Gateway = new(77);
    private readonly TestRoom _room = new() { Hashes = true };
    private readonly FakePort _port = new();
    private readonly GatewayMetrics _metrics = new();
    private readonly RoomLink _link;
    private long _now;

    public RoomRecoveryTests()
    {
        _link = new RoomLink("r", Gateway, _port, WorldDefinition.Standard, new GatewayOptions(), _metrics, NullLogger.Instance, 0);
        _room.Tick(TestRoom.Stress(5));
    }

    [Fact]
    public void A_room_that_was_seen_is_offered_the_log_that_is_not_durable()
    {
        Subscribe();
        var member = EnterAndJoin();
        Submit(member, 10);
        var frame = _room.Tick([.. _port.LastCommands(out _)]);
        Receive(frame);
        Silence();

        var entries = new List<HistoryEntry>();
        Assert.True(RoomHistory.TryRead(Assert.Single(_port.Histories), out var head, entries));
        Assert.Equal(new HistoryHead(Gateway, 1, 3, 3), head);
        Assert.Equal([2ul, 3], entries.Select(e => e.Tick));
        Assert.True(RoomFrame.TryRead(frame, out var sent));
        Assert.Equal(sent.Commands.ToArray(), entries[1].Commands.ToArray());
        Assert.Equal(_room.World.StateHash(), entries[1].StateHash);
    }

    [Fact]
    public void The_log_that_comes_with_an_image_is_kept_with_that_of_the_frames()
    {
        Subscribe();
        EnterAndJoin();
        Receive(_room.Tick());
        var unseen = new[] { _room.Tick(), _room.Tick() };
        _room.Recover();
        Silence();
        var history = new Protocol.Binary.ByteWriter();
        RoomHistory.Write(history, default, [EntryOf(3), EntryOf(4, unseen[0]), EntryOf(5, unseen[1]), EntryOf(6)]);
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, _room.Image(), 1, 60, Continues: true, history.Written.ToArray()));
        Step(1);
        Receive(_room.Tick());
        var entries = new List<HistoryEntry>();
        _link.Log.CopyTo(entries);
        Assert.Equal([(1u, 2ul), (1u, 3ul), (1u, 4ul), (1u, 5ul), (2u, 6ul)], entries.Select(e => (e.Epoch, e.Tick)));
        Assert.NotNull(entries[2].StateHash);
    }

    [Fact]
    public void Any_bytes_as_a_log_never_throw() => Gen.Byte.Array[0, 100].Sample(bytes =>
    {
        var test = new RoomRecoveryTests();
        test.Step(1);
        test._port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, test._room.Image(), 0, 60, Continues: false, bytes));
        test.Step(1);
        Assert.Equal(0, test._link.Log.Count);
        Assert.Equal(1u, test._link.Broadcast.Epoch);
    });

    [Fact]
    public void The_offer_is_written_once_per_silence()
    {
        Subscribe();
        Receive(_room.Tick());
        for (var i = 0; i < 1000; i++)
            Step(1);
        Assert.InRange(_port.Histories.Count, 2, 4);
        Assert.All(_port.Histories, offer => Assert.Same(_port.Histories[0], offer));
        Receive(_room.Tick());
        for (var i = 0; i < 500; i++)
            Step(1);
        Assert.NotSame(_port.Histories[0], _port.Histories[^1]);
    }

    [Fact]
    public void Members_wait_while_the_room_says_that_it_recovers_and_it_is_asked_every_100_ms()
    {
        Subscribe();
        var member = EnterAndJoin();
        Silence();
        for (var i = 0; i < 140; i++)
        {
            _port.Subscriptions[^1].TrySetResult(new RoomSubscription(RoomStatus.Creating, [], 0, 60));
            Step(10);
        }

        Assert.Null(member.Lost);
        Assert.InRange(member.Pauses, 26, 29);
        Assert.InRange(_port.Histories.Count, 11, 15);
        _room.Recover();
        Answer(continues: true);
        Assert.Equal(2u, _link.Broadcast.Epoch);
        Assert.Null(member.Lost);
    }

    [Fact]
    public void Members_of_a_room_that_is_never_opened_on_its_new_silo_come_back_through_a_match()
    {
        Subscribe();
        var member = EnterAndJoin();
        Silence();
        for (var i = 0; i < 170; i++)
        {
            _port.Subscriptions[^1].TrySetResult(new RoomSubscription(RoomStatus.Creating, [], 0, 60));
            Step(10);
        }

        Assert.Equal(CloseReason.RoomUnavailable, member.Lost);
        Assert.True(_link.IsClosed);
    }

    [Fact]
    public void Events_that_nobody_here_has_seen_come_with_the_image_once()
    {
        Subscribe();
        var member = EnterAndJoin();
        var other = new FakeMember(10);
        _link.Enter(other);
        Flush(2);

        // The room lets the other one in, and dies before its frame arrives; another gateway has seen it.
        _room.Tick([.. _port.LastCommands(out _)]);
        _room.Recover();
        Silence();
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, _room.Image(eventsSince: 0), _room.LastSequence(Gateway), 60, Continues: true));
        Step(1);
        Assert.Single(other.Events, RoomEventKind.Joined);
        Assert.Single(member.Events, RoomEventKind.Joined);
        Assert.Equal(0, _link.Outbox.Count);

        Receive(_room.Tick());
        Assert.Single(other.Events, RoomEventKind.Joined);
        Assert.Equal([(1u, 2ul), (2u, 3ul), (2u, 4ul)], member.Frames);
    }

    [Fact]
    public void What_a_recovered_room_has_replayed_is_not_sent_twice_and_nobody_joins_again()
    {
        Subscribe();
        var member = EnterAndJoin();
        Submit(member, 10);
        Receive(_room.Tick([.. _port.LastCommands(out _)]));
        Submit(member, 11);
        Submit(member, 12);
        _room.Recover();
        Silence();
        Answer(continues: true, lastSequence: 1);
        Flush(100);
        var commands = _port.LastCommands(out var head);
        Assert.Equal(2ul, head.FirstSequence);
        Assert.Equal([11ul, 12], commands.Select(c => c.Input.TargetTick));
    }

    [Fact]
    public void A_room_that_took_this_gateway_for_gone_gets_its_players_back_and_they_hear_nothing_of_it()
    {
        Subscribe();
        var member = EnterAndJoin();
        Submit(member, 10);
        _room.Tick(new Command { Kind = CommandKind.GatewayGone, GoneGateway = Gateway });
        Silence();
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, _room.Image(eventsSince: 2), _room.LastSequence(Gateway), 60, Continues: true));
        Step(1);
        Assert.DoesNotContain(RoomEventKind.Left, member.Events);
        Flush(100);
        Assert.Equal([CommandKind.Join, CommandKind.Input], _port.LastCommands(out var head).Select(c => c.Kind));
        Assert.Equal(1ul, head.FirstSequence);
    }

    [Fact]
    public void A_frame_that_says_so_does_the_same()
    {
        Subscribe();
        var member = EnterAndJoin();
        Receive(_room.Tick(new Command { Kind = CommandKind.GatewayGone, GoneGateway = Gateway }));
        Assert.DoesNotContain(RoomEventKind.Left, member.Events);
        Flush(2);
        Assert.Equal(CommandKind.Join, Assert.Single(_port.LastCommands(out var head)).Kind);
        Assert.Equal(1ul, head.FirstSequence);
    }

    [Fact]
    public void A_room_that_undoes_what_was_seen_makes_its_players_connect_again_and_the_log_is_dropped()
    {
        Subscribe();
        var member = EnterAndJoin();
        Receive(_room.Tick());
        var older = new TestRoom { Epoch = 2 };
        older.Tick();
        Silence();
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, older.Image(), 0, 60));
        Step(1);
        Assert.Equal(CloseReason.RoomUnavailable, member.Lost);
        Assert.Equal(1, _metrics.HistoriesLost.Value);
        Assert.Equal(0, _link.Log.Count);
        Assert.False(_link.IsClosed);

        // Whoever comes back is in the new epoch, and the old one is over.
        var back = new FakeMember(9);
        _link.Enter(back);
        Receive(_room.Tick());
        Receive(older.Tick());
        Assert.Equal([(2u, 2ul)], back.Frames);
    }

    [Fact]
    public void An_image_that_claims_to_continue_but_is_older_than_what_was_seen_does_not()
    {
        Subscribe();
        var member = EnterAndJoin();
        var older = new TestRoom { Epoch = 2 };
        older.Tick();
        Silence();
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, older.Image(), 0, 60, Continues: true));
        Step(1);
        Assert.NotNull(member.Lost);
    }

    [Fact]
    public void The_log_of_a_silent_room_outlives_its_last_connection_for_two_minutes()
    {
        Subscribe();
        var member = EnterAndJoin();
        _link.Exit(member, LeaveReason.Lost, _now);
        Silence();
        Step(100_000);
        Assert.False(_link.IsClosed);
        Assert.Equal(1, _link.Log.Count);
        Step(20_000);
        Assert.True(_link.IsClosed);
    }

    [Fact]
    public void A_room_that_never_answered_is_forgotten_when_nobody_waits_for_it()
    {
        Step(1);
        var member = new FakeMember(9);
        _link.Enter(member);
        _link.Exit(member, LeaveReason.Lost, _now);
        Step(30_001);
        Assert.True(_link.IsClosed);
    }

    [Fact]
    public void Inputs_of_the_silence_wait_for_the_room()
    {
        Subscribe();
        var member = EnterAndJoin();
        Silence();
        for (var i = 0; i < 600; i++)
        {
            Submit(member, (ulong)(10 + i));
            Step(16);
        }

        Assert.Equal(600, _link.Outbox.Count);
        _room.Recover();
        Answer(continues: true);
        Flush(100);
        Receive(_room.Tick([.. _port.LastCommands(out _)]));
        Assert.Equal(0, _link.Outbox.Count);
    }

    [Fact]
    public void No_order_of_frames_and_images_delivers_an_older_epoch_after_a_newer_one()
    {
        const int Epochs = 3;
        const int FramesPerEpoch = 6;
        var actions = Enumerable.Range(0, Epochs * (FramesPerEpoch + 2)).ToArray();
        Gen.Select(Gen.Shuffle(actions), Gen.Int[1, 120].Array[actions.Length]).Sample((order, pauses) =>
        {
            var test = new RoomRecoveryTests();
            test.Subscribe();
            var member = test.EnterAndJoin();
            var messages = new List<(byte[]? Frame, RoomSubscription? Answer)>();
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                for (var i = 0; i < FramesPerEpoch; i++)
                {
                    messages.Add((test._room.Tick(), null));
                    if (i is 1 or 4)
                        messages.Add((null, new RoomSubscription(RoomStatus.Active, test._room.Image(), 1, 60, Continues: true)));
                }

                test._room.Recover();
            }

            for (var i = 0; i < order.Length; i++)
            {
                var (frame, answer) = messages[order[i]];
                if (frame is not null)
                    test.Receive(frame);
                else
                    test._port.Subscriptions[^1].TrySetResult(answer!);
                test.Step(pauses[i]);
            }

            Assert.Equal(member.Frames.OrderBy(f => f.Epoch).ThenBy(f => f.Tick), member.Frames);
            Assert.Equal(member.Frames.Distinct().Count(), member.Frames.Count);
        });
    }

    private static HistoryEntry EntryOf(ulong tick, byte[]? frame = null)
    {
        if (frame is null || !RoomFrame.TryRead(frame, out var read))
            return new HistoryEntry(1, tick, null, new byte[2]);
        return new HistoryEntry(1, tick, read.Header.StateHash, read.Commands.ToArray());
    }

    /// <summary>Six tick periods and a round, in which the room is asked.</summary>
    private void Silence()
    {
        Step(101);
        Step(1);
    }

    private void Subscribe()
    {
        Step(1);
        _port.Subscriptions[^1].SetResult(new RoomSubscription(RoomStatus.Active, _room.Image(), 0, 60));
        Step(1);
    }

    private void Answer(bool continues, ulong? lastSequence = null)
    {
        var asked = _port.Subscriptions.Count;
        while (_port.Subscriptions.Count == asked)
            Step(10);
        _port.Subscriptions[^1].SetResult(new RoomSubscription(
            RoomStatus.Active, _room.Image(), lastSequence ?? _room.LastSequence(Gateway), 60, continues));
        Step(1);
    }

    private FakeMember EnterAndJoin()
    {
        var member = new FakeMember(9);
        _link.Enter(member);
        Flush(1);
        Receive(_room.Tick([.. _port.LastCommands(out _)]));
        Assert.True(member.HasJoined);
        return member;
    }

    private void Submit(FakeMember member, ulong tick)
    {
        Assert.True(_link.TrySubmit(new Command
        {
            Kind = CommandKind.Input,
            Player = member.Player,
            Connection = member.Connection,
            Input = new ShipInput { TargetTick = tick, MoveX = 1 },
        }));
        Flush(2);
    }

    private void Receive(byte[] frame)
    {
        _link.Receive(frame);
        _link.Step(_now);
    }

    private void Step(long milliseconds) => _link.Step(_now += milliseconds);

    private void Flush(long milliseconds)
    {
        _now += milliseconds;
        _link.Flush(_now);
    }
}
