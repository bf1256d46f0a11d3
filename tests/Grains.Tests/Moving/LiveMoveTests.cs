// A flying room that moves back and forth between two silos with real clocks.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Tests.Cluster;
using Aetheris.Grains.Tests.Harness;

namespace Aetheris.Grains.Tests.Moving;

public sealed class LiveMoveTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Fact]
    public async Task A_room_that_moves_back_and_forth_loses_no_tick_no_frame_and_no_command()
    {
        var room = await silos.OpenAsync("nomad");
        var flight = new Flight(silos, "nomad", new Witness(61), players: 10);
        var witness = flight.Witness;
        await flight.BeginAsync();
        var gaps = new List<double>();
        for (var move = 0; move < 6; move++)
        {
            await flight.FlyAsync(40);
            var before = await room.GetListingAsync();
            var target = silos.Other(before.Silo);
            Assert.Equal(MoveOutcome.Begun, await room.MigrateAsync(target));
            await flight.FlyUntilAsync(
                async () => (await room.GetListingAsync()).LastMove is { } last && last.To == target && last.From == before.Silo, "the room arrives");
            var after = await room.GetListingAsync();
            Assert.Equal((target, before.Epoch, 10), (after.Silo, after.Epoch, after.Players));
            Assert.True(silos.Registry(target).Contains("nomad"));
            await ClusterFixture.EventuallyAsync(() => Task.FromResult(!silos.Registry(before.Silo).Contains("nomad")), "the old silo lets go");
            gaps.Add(after.LastMove!.GapMs);
        }

        await flight.FlyAsync(40);
        var state = await room.GetStateAsync(witness.Newest.Tick);
        Assert.Equal(witness.ShadowHashes[witness.Newest.Tick], state!.StateHash);
        Assert.Equal((0, 0), (witness.Stale, flight.Recoveries.Count));
        var own = witness.Applied.Where(command => command.Gateway == witness.Id).Select(command => command.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(1, own.Length).Select(sequence => (ulong)sequence), own);
        TestContext.Current.TestOutputHelper!.WriteLine("gaps in ms: " + string.Join(", ", gaps.Select(gap => gap.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture))));
        GC.KeepAlive(witness);
    }

    [Fact]
    public async Task A_move_to_nowhere_or_to_the_same_silo_is_refused()
    {
        var room = await silos.OpenAsync("settled");
        var silo = (await room.GetListingAsync()).Silo;
        Assert.Equal(MoveOutcome.SameSilo, await room.MigrateAsync(silo));
        Assert.Equal(MoveOutcome.NoSuchSilo, await room.MigrateAsync("atlantis"));
        Assert.Equal(MoveOutcome.NotOpen, await silos.Grains.GetGrain<IRoomGrain>("never-opened").MigrateAsync(silo));
        Assert.Equal(MoveOutcome.Begun, await room.MigrateAsync(silos.Other(silo)));
    }
}
