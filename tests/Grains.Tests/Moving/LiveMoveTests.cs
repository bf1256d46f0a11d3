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
        var witness = new Witness(61);
        witness.Adopt(await room.SubscribeAsync(witness.Id, silos.Reference(witness)));
        for (var player = 1; player <= 10; player++)
            witness.Queue(Make.Join(player));

        var gaps = new List<double>();
        for (var move = 0; move < 6; move++)
        {
            await FlyAsync(room, witness, ticks: 40);
            var before = await room.GetListingAsync();
            var target = silos.Other(before.Silo);
            Assert.Equal(MoveOutcome.Begun, await room.MigrateAsync(target));
            await ClusterFixture.EventuallyAsync(
                async () =>
                {
                    await FlyAsync(room, witness, ticks: 1);
                    return (await room.GetListingAsync()).LastMove is { } last && last.To == target && last.From == before.Silo;
                },
                "the room arrives");
            var after = await room.GetListingAsync();
            Assert.Equal((target, before.Epoch, 10), (after.Silo, after.Epoch, after.Players));
            Assert.True(silos.Registry(target).Contains("nomad"));
            await ClusterFixture.EventuallyAsync(() => Task.FromResult(!silos.Registry(before.Silo).Contains("nomad")), "the old silo lets go");
            gaps.Add(after.LastMove!.GapMs);
        }

        await FlyAsync(room, witness, ticks: 40);
        var state = await room.GetStateAsync(witness.Newest.Tick);
        Assert.Equal(witness.ShadowHashes[witness.Newest.Tick], state!.StateHash);
        Assert.Equal(0, witness.Stale);
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

    /// <summary>Flies until the witness has applied some more ticks.</summary>
    private static async Task FlyAsync(IRoomGrain room, Witness witness, int ticks)
    {
        var until = witness.Newest.Tick + (ulong)ticks;
        await ClusterFixture.EventuallyAsync(
            async () =>
            {
                witness.Advance();
                for (var player = 1; player <= 10; player++)
                    witness.Queue(Make.Input(player, witness.Newest.Tick + 3, MathF.Sin(witness.Newest.Tick * 0.01f * player), 0.5f));
                await room.SubmitAsync(witness.Batch());
                return witness.Newest.Tick >= until;
            },
            "frames go on");
    }
}
