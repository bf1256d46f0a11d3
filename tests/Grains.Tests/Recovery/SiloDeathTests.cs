// A silo that dies under a flying room, with gateways that hold the log.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.Grains.Tests.Cluster;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Events;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Recovery;

public sealed class SiloDeathTests : IAsyncLifetime
{
    private TwoSilos _silos = new();

    [Fact]
    public async Task A_room_whose_silo_dies_goes_on_from_what_its_gateways_saw()
    {
        var room = await _silos.OpenAsync("phoenix");
        var flight = new Flight(_silos, "phoenix", new Witness(81), players: 5);
        var witness = flight.Witness;
        await flight.BeginAsync();
        await flight.FlyAsync(150);
        Assert.True(witness.Newest.DurableTick >= 60, "two snapshots are stored by now");

        // One gateway stops hearing before the end, another one never asks again.
        var deaf = new Witness(82) { HasShadow = false };
        var mute = new Witness(83) { HasShadow = false };
        var deafReference = _silos.Reference(deaf);
        deaf.Adopt(await room.SubscribeAsync(deaf.Id, deafReference));
        mute.Adopt(await room.SubscribeAsync(mute.Id, _silos.Reference(mute)));
        await flight.FlyUntilAsync(() => StaysAwakeAsync(room, deaf, mute, until: witness.Newest.Tick >= 220), "frames go on");
        deaf.IsDeaf = true;
        witness.Queue(Make.Join(6));
        await flight.FlyUntilAsync(() => StaysAwakeAsync(room, deaf, mute, until: witness.Events.Exists(e => e.To == Make.Player(6))), "the sixth joins");
        await flight.FlyUntilAsync(() => StaysAwakeAsync(room, deaf, mute, until: witness.Newest.Tick % 60 == 30), "frames go on");

        // Commands that nobody has acknowledged when the silo dies: they are resent as new ones.
        witness.Queue(Make.Join(7));
        var silo = (await room.GetListingAsync()).Silo;
        await _silos.Cluster.KillSiloAsync(_silos.Cluster.Silos.Single(handle => handle.Name == silo), TestContext.Current.CancellationToken);
        var since = System.Diagnostics.Stopwatch.StartNew();
        witness.Advance();
        var seen = witness.Newest;
        AssertDied(seen.Tick);
        deaf.IsDeaf = false;
        var recovering = room.RecoverAsync(deaf.Id, deafReference, deaf.Offer());
        await flight.FlyUntilAsync(() => Task.FromResult(witness.Newest.Epoch > seen.Epoch && witness.Newest.Seq > 0), "the room is back");
        TestContext.Current.TestOutputHelper!.WriteLine("back after " + since.ElapsedMilliseconds + " ms");
        Assert.All(flight.Recoveries, answer => Assert.True(answer.Continues));
        var answer = await recovering;
        Assert.True(answer.Continues);
        deaf.Adopt(answer);
        Assert.Single(deaf.Events, e => e.To == Make.Player(6) && e.Kind == RoomEventKind.Joined);

        await flight.FlyAsync(130);
        var state = await room.GetStateAsync(witness.Newest.Tick);
        Assert.Equal(witness.ShadowHashes[witness.Newest.Tick], state!.StateHash);
        Assert.All(witness.Hashes, hash => Assert.Equal(witness.ShadowHashes[hash.Key], hash.Value));
        Assert.Contains(witness.Hashes.Keys, tick => tick > seen.Tick);
        Assert.Equal(0, witness.Stale);
        for (var player = 1; player <= 7; player++)
            Assert.Single(witness.Events, e => e.To == Make.Player(player) && e.Kind == RoomEventKind.Joined);
        var own = witness.Applied.Where(command => command.Gateway == witness.Id).Select(command => command.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(1, own.Length).Select(sequence => (ulong)sequence), own);
        Assert.Equal(7, (await room.GetListingAsync()).Players);
        Assert.True(mute.Unadopted > 0, "the stored observer of a gateway that does not ask gets frames of the new epoch");
        GC.KeepAlive((witness, deaf, mute));
    }

    [Fact]
    public async Task A_silo_that_stops_gives_its_rooms_away_alive()
    {
        var room = await _silos.OpenAsync("emigrant");
        var flight = new Flight(_silos, "emigrant", new Witness(84), players: 3);
        await flight.BeginAsync();
        await flight.FlyAsync(130);
        var before = await room.GetListingAsync();
        var stopping = _silos.Cluster.StopSiloAsync(_silos.Cluster.Silos.Single(handle => handle.Name == before.Silo), TestContext.Current.CancellationToken);
        await flight.FlyUntilAsync(async () => stopping.IsCompleted && (await room.GetListingAsync()).Silo != before.Silo, "the room lives elsewhere");
        await stopping;
        await flight.FlyAsync(130);
        var after = await room.GetListingAsync();
        TestContext.Current.TestOutputHelper!.WriteLine(after.Epoch == before.Epoch ? "moved live: " + after.LastMove : "recovered");
        Assert.Equal(3, after.Players);
        Assert.Equal(flight.Witness.ShadowHashes[flight.Witness.Newest.Tick], (await room.GetStateAsync(flight.Witness.Newest.Tick))!.StateHash);
        GC.KeepAlive(flight);
    }

    [Fact]
    public async Task A_silo_of_other_rules_gets_no_living_room_but_its_closed_log()
    {
        await _silos.DisposeAsync();
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddCommand(ThrowingRule.Kind, new ThrowingRule());
        _silos = new TwoSilos { OtherRules = builder.Build() };
        await _silos.InitializeAsync();

        var room = await _silos.OpenAsync("elder");
        var flight = new Flight(_silos, "elder", new Witness(85) { HasShadow = false }, players: 3);
        await flight.BeginAsync();
        await flight.FlyAsync(130);
        var before = await room.GetListingAsync();
        Assert.Equal(MoveOutcome.NoSuchSilo, await room.MigrateAsync(_silos.Other(before.Silo)));

        var stopping = _silos.Cluster.StopSiloAsync(_silos.Cluster.Silos.Single(handle => handle.Name == before.Silo), TestContext.Current.CancellationToken);
        await flight.FlyUntilAsync(() => Task.FromResult(stopping.IsCompleted && flight.Witness.Newest.Epoch > before.Epoch), "the room is on the other silo");
        await stopping;
        await flight.FlyAsync(60);
        Assert.All(flight.Recoveries, answer => Assert.True(answer.Continues));
        Assert.Equal((3, 0), ((await room.GetListingAsync()).Players, flight.Witness.Stale));
        GC.KeepAlive(flight);
    }

    public async ValueTask InitializeAsync() => await _silos.InitializeAsync();

    public async ValueTask DisposeAsync() => await _silos.DisposeAsync();

    // A graceful stop would have closed the room with a snapshot of its last tick.
    private void AssertDied(ulong seen)
    {
        foreach (var slot in new[] { "snapshot-a", "snapshot-b" })
        {
            Assert.True(RoomSnapshot.TryRead(_silos.Storage.Get<SnapshotBlob>(slot)!.Bytes, out var snapshot, out _));
            Assert.False(snapshot.IsClosed);
            Assert.True(snapshot.Tick < seen);
        }
    }

    private static async Task<bool> StaysAwakeAsync(IRoomGrain room, Witness deaf, Witness mute, bool until)
    {
        deaf.Advance();
        mute.Advance();
        await room.SubmitAsync(deaf.Batch());
        await room.SubmitAsync(mute.Batch());
        return until;
    }
}
