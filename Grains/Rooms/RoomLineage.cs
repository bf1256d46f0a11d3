// Which frames of which epochs led to the room's present state.
namespace Aetheris.Grains.Rooms;

/// <summary>
/// The room's starts from storage, oldest first. A frame (epoch, tick) belongs to its past when the epoch began before it and no later
/// epoch began at an earlier tick: what a later start did not find is undone. Not thread-safe.
/// </summary>
public sealed class RoomLineage
{
    private readonly List<EpochStart> _starts;

    /// <summary>Creates the lineage of a room.</summary>
    /// <param name="starts">Starts before the current one.</param>
    /// <param name="current">The current epoch and the tick that it began with.</param>
    public RoomLineage(IReadOnlyList<EpochStart> starts, EpochStart current)
    {
        _starts = [.. starts];
        if (_starts.Count == 0 || _starts[^1].Epoch != current.Epoch)
            _starts.Add(current);
        if (_starts.Count > RoomSections.MaxStarts)
            _starts.RemoveRange(0, _starts.Count - RoomSections.MaxStarts);
    }

    /// <summary>The starts.</summary>
    public IReadOnlyList<EpochStart> Starts => _starts;

    /// <summary>One list of starts, by epoch, out of several; of an epoch that is in more than one the first list's counts.</summary>
    public static List<EpochStart> Merge(params ReadOnlySpan<IReadOnlyList<EpochStart>> lists)
    {
        var merged = new SortedDictionary<uint, EpochStart>();
        foreach (var list in lists)
        {
            for (var i = 0; i < list.Count; i++)
                merged.TryAdd(list[i].Epoch, list[i]);
        }

        return [.. merged.Values];
    }

    /// <summary>
    /// Whether a tick or a snapshot may be part of a room's past as far as its starts say: false before its epoch began, and after a later
    /// one did. An epoch that is not among the starts may be.
    /// </summary>
    /// <param name="starts">Starts of the room, oldest first.</param>
    /// <param name="epoch">Epoch of the tick's frame.</param>
    /// <param name="tick">The tick.</param>
    public static bool MayContain(IReadOnlyList<EpochStart> starts, uint epoch, ulong tick)
    {
        for (var i = 0; i < starts.Count; i++)
        {
            if (starts[i].Epoch == epoch ? tick < starts[i].Tick : starts[i].Epoch > epoch && tick > starts[i].Tick)
                return false;
        }

        return true;
    }

    /// <summary>Whether a frame is part of the room's past or present. False also for what is too old to know.</summary>
    public bool Contains(uint epoch, ulong tick)
    {
        for (var i = 0; i < _starts.Count; i++)
        {
            if (_starts[i].Epoch != epoch)
                continue;
            for (var later = i + 1; later < _starts.Count; later++)
            {
                if (_starts[later].Tick < tick)
                    return false;
            }

            return tick >= _starts[i].Tick;
        }

        return false;
    }
}
