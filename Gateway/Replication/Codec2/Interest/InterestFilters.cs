// All filters of a room as one.
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// An *audience* is a number for one combination of the filters' keys: entities of one audience are visible to the same viewers.
/// Numbers are given in order of appearance and kept for the life of the room's link.
/// </summary>
public sealed class InterestFilters
{
    private readonly IInterestFilter[] _filters;
    private readonly List<ulong[]> _keys = [];
    private readonly Dictionary<ulong, int> _audiences = [];
    private readonly ulong[] _scratch;

    /// <summary>Combines filters; all must agree.</summary>
    public InterestFilters(IEnumerable<IInterestFilter> filters)
    {
        _filters = [.. filters];
        _scratch = new ulong[_filters.Length];
        foreach (var filter in _filters)
            Watches |= filter.Watches;
    }

    /// <summary>Components that any filter looks at.</summary>
    public ulong Watches { get; }

    /// <summary>The audience of an entity.</summary>
    public int AudienceOf(RoomReplica replica, int slot)
    {
        var hash = 14695981039346656037UL;
        for (var i = 0; i < _filters.Length; i++)
        {
            _scratch[i] = _filters[i].KeyOf(replica, slot);
            hash = (hash ^ _scratch[i]) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        // Two combinations with one hash are kept apart by probing.
        for (; ; hash++)
        {
            if (!_audiences.TryGetValue(hash, out var audience))
            {
                _keys.Add([.. _scratch]);
                _audiences.Add(hash, _keys.Count - 1);
                return _keys.Count - 1;
            }

            if (_keys[audience].AsSpan().SequenceEqual(_scratch))
                return audience;
        }
    }

    /// <summary>Whether a viewer sees an audience.</summary>
    public bool CanSee(in Viewer viewer, int audience)
    {
        var keys = _keys[audience];
        for (var i = 0; i < _filters.Length; i++)
        {
            if (!_filters[i].CanSee(in viewer, keys[i]))
                return false;
        }

        return true;
    }
}
