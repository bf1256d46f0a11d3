// Long random streams: same log, same bits, whatever the thread and wherever the room is saved and loaded.
namespace Aetheris.World.Tests;

public class DeterminismTests
{
    /// <summary>Set to 1 for the whole run (10,000 ticks of 200 streams) instead of the short one.</summary>
    private const string FullRun = "AETHERIS_DETERMINISM_FULL";

    private const int CompareEvery = 50;

    [Fact]
    public void Rooms_of_two_threads_stay_equal_though_one_is_saved_and_loaded_again_and_again()
    {
        var full = string.Equals(Environment.GetEnvironmentVariable(FullRun), "1", StringComparison.Ordinal);
        int streams = full ? 200 : 6, ticks = full ? 10_000 : 1_000;
        for (var seed = 0; seed < streams; seed++)
        {
            var stream = seed;
            List<ulong> straight = [], reloaded = [];
            var threads = new[] { new Thread(() => Run(stream, ticks, reloads: false, straight)), new Thread(() => Run(stream, ticks, reloads: true, reloaded)) };
            foreach (var thread in threads)
                thread.Start();
            foreach (var thread in threads)
                thread.Join();
            Assert.Equal(ticks / CompareEvery, straight.Count);
            Assert.True(straight.SequenceEqual(reloaded), "stream " + stream);
        }
    }

    private static void Run(int seed, int ticks, bool reloads, List<ulong> hashes)
    {
        Random acts = new(seed), loads = new(seed + 1_000_000);
        var world = Rooms.New(new RoomSettings { GraceTicks = 300, Capacity = 4, MaxEntities = 150 });
        var changes = new ChangeSet();
        for (var tick = 1; tick <= ticks; tick++)
        {
            world.BeginTick();
            while (acts.Next(4) == 0)
                RandomPlay.Next(acts).Act(world);
            world.Step();
            world.Extract(changes);
            if (reloads && loads.Next(40) == 0)
                world = RoomWorld.TryLoad(WorldDefinition.Standard, world.Save(), out var loaded, out _) ? loaded : Rooms.New();
            if (tick % CompareEvery == 0)
                hashes.Add(world.StateHash());
        }
    }
}
