// Simulates again exactly the ticks that somebody saw.
using Aetheris.Grains.Rooms;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.World;
using Aetheris.World.Recording;

namespace Aetheris.Grains.Recovery;

/// <summary>What became of a log: the world after it, its events, and whether the hashes that gateways had seen came out again.</summary>
public sealed class Resimulation
{
    private readonly IReadOnlyList<HistoryEntry> _entries;

    private Resimulation(RoomWorld world, IReadOnlyList<HistoryEntry> entries, int ticks)
    {
        World = world;
        BaseTick = world.Tick;
        _entries = entries;
        Ticks = ticks;
    }

    /// <summary>Tick of the world that it began with.</summary>
    public ulong BaseTick { get; }

    /// <summary>The world after the last tick.</summary>
    public RoomWorld World { get; }

    /// <summary>Ticks simulated.</summary>
    public int Ticks { get; }

    /// <summary>Events of these ticks, in order.</summary>
    public List<RoomEvent> Events { get; } = [];

    /// <summary>Epochs that began within these ticks.</summary>
    public List<EpochStart> Starts { get; } = [];

    /// <summary>Hashes that were compared and equal.</summary>
    public int HashesEqual { get; private set; }

    /// <summary>The tick at which the log led elsewhere than it had; null when it did not. The world is as before it.</summary>
    public ulong? MismatchAt { get; private set; }

    /// <summary>The log that was simulated, tick by tick from the one after <see cref="BaseTick"/>.</summary>
    public IEnumerable<HistoryEntry> Entries => _entries.Take(Ticks);

    /// <summary>Simulates a log.</summary>
    /// <param name="world">The world that it begins with.</param>
    /// <param name="again">Makes that world once more, after a mismatch.</param>
    /// <param name="epoch">Epoch of that world.</param>
    /// <param name="entries">The log, tick by tick.</param>
    public static Resimulation Run(RoomWorld world, Func<RoomWorld> again, uint epoch, IReadOnlyList<HistoryEntry> entries)
    {
        var count = entries.Count;
        ulong? mismatch = null;
        while (true)
        {
            var run = new Resimulation(world, entries, count) { MismatchAt = mismatch };
            var failedAt = run.Simulate(epoch, entries);
            if (failedAt < 0)
                return run;

            // What the tick did to the world cannot be taken back: again, without it.
            mismatch = entries[failedAt].Tick;
            count = failedAt;
            world = again();
        }
    }

    /// <returns>Index of the tick that failed, or −1.</returns>
    private int Simulate(uint epoch, IReadOnlyList<HistoryEntry> entries)
    {
        var tick = new LoggedTick();
        for (var i = 0; i < Ticks; i++)
        {
            var entry = entries[i];
            if (!tick.TryRun(World, entry))
                return i;
            if (entry.StateHash is { } hash)
            {
                if (World.StateHash() != hash)
                    return i;
                HashesEqual++;
            }

            for (var index = 0; index < tick.Changes.Events.Count; index++)
                Events.Add(tick.Changes.Events[index]);
            if (entry.Epoch != epoch)
            {
                epoch = entry.Epoch;
                Starts.Add(new EpochStart(epoch, entry.Tick - 1));
            }
        }

        return -1;
    }
}
