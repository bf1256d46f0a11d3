// One log out of those of several gateways.
using Aetheris.Grains.Rooms;
using Aetheris.Protocol.Frames;

namespace Aetheris.Grains.Recovery;

/// <summary>
/// The longest gap-free union from a snapshot on (DESIGN §1.4): per tick the newest epoch, never an older one after a newer one, and
/// nothing that the room's recorded starts have undone.
/// </summary>
public sealed class HistoryUnion
{
    private HistoryUnion(List<HistoryEntry> entries, int conflicts)
    {
        Entries = entries;
        Conflicts = conflicts;
    }

    /// <summary>The log, tick by tick from the one after the snapshot's.</summary>
    public IReadOnlyList<HistoryEntry> Entries { get; }

    /// <summary>Ticks for which two gateways had different commands or hashes of the same epoch: never, unless something is broken.</summary>
    public int Conflicts { get; }

    /// <summary>Unites logs.</summary>
    /// <param name="epoch">Epoch of the snapshot.</param>
    /// <param name="tick">Tick of the snapshot.</param>
    /// <param name="starts">The room's recorded starts; empty when none are known.</param>
    /// <param name="offers">The gateways' logs.</param>
    public static HistoryUnion Build(uint epoch, ulong tick, IReadOnlyList<EpochStart> starts, IReadOnlyList<OfferedHistory> offers)
    {
        var entries = new List<HistoryEntry>();
        var conflicts = 0;
        var next = new int[offers.Count];
        while (TryChoose(epoch, ++tick, starts, offers, next, out var chosen, ref conflicts))
        {
            entries.Add(chosen);
            epoch = chosen.Epoch;
        }

        return new HistoryUnion(entries, conflicts);
    }

    private static bool TryChoose(
        uint epoch, ulong tick, IReadOnlyList<EpochStart> starts, IReadOnlyList<OfferedHistory> offers, int[] next, out HistoryEntry chosen, ref int conflicts)
    {
        chosen = default;
        var from = -1;
        var differs = false;
        for (var i = 0; i < offers.Count; i++)
        {
            var entries = offers[i].Entries;
            while (next[i] < entries.Count && entries[next[i]].Tick < tick)
                next[i]++;
            if (next[i] == entries.Count)
                continue;
            var entry = entries[next[i]];
            if (entry.Tick != tick || entry.Epoch < epoch || !RoomLineage.MayContain(starts, entry.Epoch, tick))
                continue;
            if (from >= 0 && entry.Epoch < chosen.Epoch)
                continue;
            var isSameTick = from >= 0 && entry.Epoch == chosen.Epoch;
            var contradicts = isSameTick && Contradicts(entry, chosen);
            differs = isSameTick ? differs || contradicts : false;

            // Of two that contradict each other the longer history is the likelier one. Of two that agree, the one with a hash says more.
            if (!isSameTick || (contradicts ? IsLonger(offers[i].Head, offers[from].Head) : chosen.StateHash is null))
            {
                chosen = entry;
                from = i;
            }
        }

        if (differs)
            conflicts++;
        return from >= 0;
    }

    private static bool Contradicts(in HistoryEntry left, in HistoryEntry right) =>
        !left.Commands.Span.SequenceEqual(right.Commands.Span)
        || (left.StateHash is { } hash && right.StateHash is { } other && hash != other);

    private static bool IsLonger(in HistoryHead left, in HistoryHead right) =>
        left.Epoch != right.Epoch ? left.Epoch > right.Epoch : left.Tick > right.Tick;
}
