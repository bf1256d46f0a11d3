// A gateway that has seen the room before asks for its frames again.
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Rooms;

public sealed class ResumeTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeGateway _gateway = new(21);

    [Fact]
    public void It_gets_the_events_that_it_missed_and_no_others()
    {
        var room = Play();
        _gateway.Queue(Make.Join(3));
        room.Submit(_gateway.Batch());
        Tick(room, 1);
        var before = _gateway.Headers[^1];
        _gateway.Deaf = true;
        _gateway.Queue(Make.Join(2));
        room.Submit(_gateway.Batch());
        Tick(room, 20);
        var answer = room.Resume(_gateway.Id, _gateway, [], new HistoryHead(_gateway.Id, before.Epoch, before.Seq, before.Tick));
        Assert.True(answer.Continues);
        Assert.Equal(3UL, answer.LastSequence);
        Assert.True(RoomFrame.TryRead(answer.Image, out var image));
        var events = new List<RoomEvent>();
        Assert.True(image.TryReadEvents(events));
        Assert.Equal([RoomEventKind.Joined, RoomEventKind.Possession], events.Select(e => e.Kind));
        Assert.All(events, e => Assert.Equal(Make.Player(2), e.To));
    }

    [Fact]
    public void A_gateway_that_missed_more_than_is_kept_or_saw_another_past_begins_anew()
    {
        var room = Play();
        Tick(room, FrameRing.Capacity + 10);
        Assert.False(Resume(room, epoch: 3, tick: 5));
        Assert.True(Resume(room, epoch: 3, tick: 30));
        Assert.False(Resume(room, epoch: 2, tick: 30));
        Assert.False(Resume(room, epoch: 4, tick: 30));
        Assert.False(Resume(room, epoch: 3, tick: 5000));
        Assert.False(Resume(room, epoch: 0, tick: 0));
    }

    [Fact]
    public async Task A_subscription_brings_the_log_that_is_not_durable_yet()
    {
        var kept = await KeptRoom.OpenAsync();
        for (var i = 0; i < 50; i++)
            kept.Room.Tick(default);
        var entries = new List<HistoryEntry>();
        Assert.True(RoomHistory.TryRead(kept.Room.Subscribe(new(5), new FakeGateway(5)).Log, out var head, entries));
        Assert.Equal((5UL, 3u, 50UL), (head.Gateway.Value, head.Epoch, head.Tick));
        Assert.Equal(Enumerable.Range(1, 50).Select(tick => (ulong)tick), entries.Select(entry => entry.Tick));
    }

    private bool Resume(Room room, uint epoch, ulong tick) =>
        room.Resume(_gateway.Id, _gateway, [], new HistoryHead(_gateway.Id, epoch, tick, tick)).Continues;

    private Room Play()
    {
        var room = Make.Room(_time);
        _gateway.Take(room.Subscribe(_gateway.Id, _gateway).Image);
        _gateway.Queue(Make.Join(1));
        room.Submit(_gateway.Batch());
        Tick(room, 20);
        return room;
    }

    private static void Tick(Room room, int ticks)
    {
        for (var i = 0; i < ticks; i++)
            room.Tick(default);
    }
}
