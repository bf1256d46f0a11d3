// A room in its first moments after a start from storage.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Recovery;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Rooms;

public sealed class RecoveredRoomTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeGateway _gateway = new(21);

    [Fact]
    public void It_sends_nothing_before_its_gateways_have_adopted_the_epoch()
    {
        var room = Recover(Play());
        room.Tick(default);
        Assert.Equal(10UL, room.GetListing().Tick);
        var answer = room.Resume(_gateway.Id, _gateway, [], new HistoryHead(_gateway.Id, 3, 10, 10));
        Assert.True(answer.Continues);
        _gateway.Take(answer.Image);
        room.Tick(default);
        Assert.Equal(10UL, room.GetListing().Tick);
        room.Submit(_gateway.Batch([]));
        room.Tick(default);
        Assert.Equal((5u, 1UL, 11UL), (_gateway.Headers[^1].Epoch, _gateway.Headers[^1].Seq, _gateway.Headers[^1].Tick));
    }

    [Fact]
    public void It_waits_300_ms_for_them_and_no_longer()
    {
        var room = Recover(Play());
        _time.Advance(TimeSpan.FromMilliseconds(299));
        room.Tick(default);
        Assert.Equal(10UL, room.GetListing().Tick);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        room.Tick(default);
        Assert.Equal(11UL, room.GetListing().Tick);
    }

    [Fact]
    public void Sessions_hear_again_who_flies_what()
    {
        var room = Recover(Play());
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 60; i++)
            room.Tick(default);
        var report = Assert.Single(room.Reports.Drain());
        Assert.Equal((Make.Player(1), true), (report.Player, report.HasPlace));
    }

    [Fact]
    public void A_gateway_that_died_with_the_silo_is_gone_after_its_time_and_its_pilots_wait()
    {
        var room = Recover(Play());
        _gateway.Take(room.Resume(_gateway.Id, _gateway, [], default).Image);
        for (var i = 0; i < 13; i++)
        {
            room.Submit(_gateway.Batch([]));
            room.Tick(default);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        Assert.Contains(_gateway.Log, command => command.Kind == CommandKind.GatewayGone && command.GoneGateway == new GatewayId(99));
        Assert.Equal(1, room.GetListing().Players);
    }

    private static RoomWorld Play()
    {
        var world = Make.World();
        var changes = new ChangeSet();
        for (var i = 0; i < 10; i++)
        {
            world.BeginTick();
            if (i == 0)
                Assert.True(world.Apply(Make.Join(1) with { Gateway = new GatewayId(99), Sequence = 1 }));
            world.Step();
            world.Extract(changes);
        }

        return world;
    }

    private Room Recover(RoomWorld world) => new(
        new RoomSetup("arena", "default", new RoomTemplate(0, RoomAccess.Open, 0, 0), Epoch: 5, "silo", TickRate: 60, HistoryTicks: 0, Pilots: 0),
        WorldDefinition.Standard,
        Make.Metrics,
        _time,
        NullLogger.Instance,
        new RoomState
        {
            World = world,
            Epoch = 5,
            Template = "default",
            Subscribers = [new SubscriberState(_gateway.Id, _gateway, [], Receives: true, AckEpoch: 3, AckSeq: 10)],
            Lineage = [new EpochStart(3, 0), new EpochStart(5, 10)],
            Recovered = Resimulation.Run(world, () => throw new InvalidOperationException(), 3, []),
        });
}
