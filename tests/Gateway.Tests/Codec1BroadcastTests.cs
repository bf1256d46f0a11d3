// A client that only hears codec 1 ends with the room's state, whatever is lost.
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using CsCheck;

namespace Aetheris.Gateway.Tests;

public class Codec1BroadcastTests
{
    private readonly TestRoom _room = new();
    private readonly RoomBroadcast _broadcast = new(WorldDefinition.Standard);

    [Fact]
    public void A_client_under_any_loss_has_the_room_s_state_once_the_rotation_has_passed()
    {
        Gen.Select(Gen.Int[0, 80], Gen.Int[0, 1000]).Sample(
            (lossPercent, seed) =>
            {
                var test = new Codec1BroadcastTests();
                var random = new Random(seed);
                test.Join(out var view);
                for (var i = 0; i < 40; i++)
                {
                    test.Next(i == 10 ? TestRoom.Stress(30) : default);
                    test.Deliver(view, () => random.Next(100) >= lossPercent);
                }

                for (var i = 0; i < 61; i++)
                {
                    test.Next(default);
                    test.Deliver(view, () => true);
                }

                test.AssertSame(view);
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public void A_late_joiner_sees_entities_that_never_moved()
    {
        Join(out _);
        Next(TestRoom.Stress(40));
        for (var i = 0; i < 5; i++)
            Next(default);
        var late = new Dictionary<(ulong, ushort), (ulong Tick, byte[] Value)>();
        Read(late, _broadcast.State.Image(_broadcast.Replica));
        AssertSame(late);
        Assert.True(_room.World.Entities.Count >= 40);
    }

    [Fact]
    public void No_datagram_exceeds_1200_bytes_and_entities_are_not_split()
    {
        Join(out _);
        Next(TestRoom.Stress(300));
        var list = _broadcast.State.Datagrams;
        Assert.True(list.Count > 10);
        var seen = new Dictionary<ulong, int>();
        for (var i = 0; i < list.Count; i++)
        {
            Assert.InRange(list[i].Length, 2, LinkLimits.MaxDatagram);
            Assert.True(WireEvent.TryRead(list[i][1..], out var wire));
            foreach (var update in wire.Batch)
                Assert.Equal(i, seen.TryGetValue(update.Entity.Value, out var at) ? at : seen[update.Entity.Value] = i);
        }
    }

    [Fact]
    public void Every_value_carries_the_server_tick_of_its_frame_and_entities_are_in_order()
    {
        Join(out _);
        Next(TestRoom.Stress(100));
        for (var i = 0; i < 20; i++)
        {
            Next(default);
            var list = _broadcast.State.Datagrams;
            Assert.True(list.Count > 0);
            for (var n = 0; n < list.Count; n++)
            {
                Assert.True(WireEvent.TryRead(list[n][1..], out var wire));
                foreach (var update in wire.Batch)
                    Assert.Equal(_room.World.Tick, update.Tick);
            }

            var ids = _broadcast.Replica.LastChanges.Select(change => change.Id.Value).ToList();
            Assert.Equal(ids.Order(), ids);
        }
    }

    [Fact]
    public void A_despawn_is_a_reliable_event_for_everybody()
    {
        Join(out _);
        Next(TestRoom.Stress(3));
        var ids = Ids();
        Next(TestRoom.Clear());
        var events = new List<RoomEvent>();
        var messages = _broadcast.Events.For(new PlayerId(1, 1), new ConnectionEpoch(1));
        for (var i = 0; i < messages.Count; i++)
            Assert.True(EventBatch.TryRead(messages[i], out _, out _, events));
        Assert.Equal(ids, events.Where(e => e.Kind == RoomEventKind.Despawned).Select(e => e.Entity.Value).Order());
    }

    [Fact]
    public void Addressed_events_reach_only_their_player_and_connection()
    {
        var broadcast = new EventBroadcast();
        var to = new PlayerId(0, 5);
        broadcast.Encode(
            [
                new RoomEvent { Kind = RoomEventKind.Death, Tick = 3 },
                new RoomEvent { Kind = RoomEventKind.Possession, Tick = 3, To = to, Connection = new ConnectionEpoch(2) },
            ],
            [],
            1,
            3);
        Assert.Equal([RoomEventKind.Death, RoomEventKind.Possession], Kinds(to, 2));
        Assert.Equal([RoomEventKind.Death], Kinds(to, 1));
        Assert.Equal([RoomEventKind.Death], Kinds(new PlayerId(0, 6), 2));

        List<RoomEventKind> Kinds(PlayerId player, uint connection)
        {
            var events = new List<RoomEvent>();
            var list = broadcast.For(player, new ConnectionEpoch(connection));
            Assert.True(EventBatch.TryRead(list[0], out _, out _, events));
            return [.. events.Select(e => e.Kind)];
        }
    }

    [Fact]
    public void A_change_is_repeated_after_2_6_and_14_rounds_unless_it_changes_again()
    {
        var schedule = new RepairSchedule();
        Assert.Equal([2, 6, 14], Due(schedule, changeAt: [0]));
        Assert.Equal([5, 9, 17], Due(new RepairSchedule(), changeAt: [0, 1, 2, 3]));
        Assert.Equal([2, 5, 9, 17], Due(new RepairSchedule(), changeAt: [0, 3]));

        static List<int> Due(RepairSchedule schedule, int[] changeAt)
        {
            var rounds = new List<int>();
            var due = new List<(int Slot, ulong Bit)>();
            for (var round = 0; round < 40; round++)
            {
                schedule.Advance();
                if (changeAt.Contains(round))
                    schedule.Change(7, 1UL << 3);
                due.Clear();
                schedule.TakeDue(due);
                if (due.Count > 0)
                {
                    Assert.Equal((7, 1UL << 3), Assert.Single(due));
                    rounds.Add(round);
                }
            }

            return rounds;
        }
    }

    [Fact]
    public void A_steady_tick_is_encoded_without_allocation()
    {
        Join(out _);
        Next(TestRoom.Stress(200));
        for (var i = 0; i < 200; i++)
            Next(default);
        var events = new List<RoomEvent>();
        var best = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            Apply(_room.Tick());
            var before = GC.GetAllocatedBytesForCurrentThread();
            _broadcast.Encode(events, Audience.Codec1, 60);
            best = Math.Min(best, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, best);
        Assert.True(_broadcast.State.Datagrams.Count > 0);
    }

    private void Join(out Dictionary<(ulong, ushort), (ulong Tick, byte[] Value)> view)
    {
        _room.Tick();
        Apply(_room.Image());
        view = [];
        Read(view, _broadcast.State.Image(_broadcast.Replica));
    }

    private void Next(Protocol.Commands.Command command)
    {
        Apply(command.Kind == Protocol.Commands.CommandKind.None ? _room.Tick() : _room.Tick(command));
        _broadcast.Encode([], Audience.Codec1, 60);
    }

    private void Apply(byte[] bytes)
    {
        Assert.True(RoomFrame.TryRead(bytes, out var frame));
        Assert.True(_broadcast.TryApply(frame.Header, frame.Changes));
    }

    private void Deliver(Dictionary<(ulong, ushort), (ulong Tick, byte[] Value)> view, Func<bool> arrives)
    {
        foreach (var change in _broadcast.Replica.LastChanges.Where(c => c.Kind == EntityChangeKind.Despawned))
        {
            foreach (var key in view.Keys.Where(k => k.Item1 == change.Id.Value).ToArray())
                view.Remove(key);
        }

        var list = _broadcast.State.Datagrams;
        for (var i = 0; i < list.Count; i++)
        {
            if (arrives())
                Read(view, list[i]);
        }
    }

    private static void Read(Dictionary<(ulong, ushort), (ulong Tick, byte[] Value)> view, DatagramList list)
    {
        for (var i = 0; i < list.Count; i++)
            Read(view, list[i]);
    }

    private static void Read(Dictionary<(ulong, ushort), (ulong Tick, byte[] Value)> view, ReadOnlySpan<byte> message)
    {
        Assert.Equal((byte)LinkKind.Codec1, message[0]);
        Assert.True(WireEvent.TryRead(message[1..], out var wire) && wire.Kind == WireEventKind.ReplicationBatch);
        foreach (var update in wire.Batch)
        {
            var key = (update.Entity.Value, update.Kind);
            if (view.TryGetValue(key, out var known) && known.Tick > update.Tick)
                continue;
            Assert.True(Codec1Components.Standard.TryGet(update.Kind, out var codec));
            var value = new ByteWriter();
            Assert.True(codec.TryTranscode(update.Payload, value));
            view[key] = (update.Tick, value.Written.ToArray());
        }
    }

    private void AssertSame(Dictionary<(ulong, ushort), (ulong Tick, byte[] Value)> view)
    {
        var entities = _broadcast.Replica.Entities;
        var expected = 0;
        var bytes = new ByteWriter();
        foreach (var slot in entities.Slots)
        {
            foreach (var component in entities.Definition.Components)
            {
                if ((entities.MaskOf(slot) & component.Bit) == 0 || !Codec1Components.Standard.TryGet(component.Kind, out _))
                    continue;
                expected++;
                bytes.Clear();
                entities.ColumnAt(component.Index).Write(slot, bytes);
                Assert.True(view.TryGetValue((entities.IdOf(slot).Value, component.Kind), out var seen), $"{component.Name} is missing");
                Assert.Equal(bytes.Written.ToArray(), seen.Value);
            }
        }

        Assert.Equal(expected, view.Count);
    }

    private List<ulong> Ids()
    {
        var ids = new List<ulong>();
        foreach (var slot in _room.World.Entities.Slots)
            ids.Add(_room.World.Entities.IdOf(slot).Value);
        return ids;
    }
}
