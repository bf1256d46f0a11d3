// How many connections each address has.
using System.Net;

namespace Aetheris.Gateway.Connections;

/// <summary>Counts by <see cref="AddressKey"/>; an entry lives as long as a connection does. Not thread-safe.</summary>
/// <param name="most">Most connections of one address; 0 for no bound.</param>
internal sealed class AddressCounts(int most)
{
    private readonly Dictionary<AddressKey, int> _counts = [];

    /// <summary>Counts a connection; false when its address has more than it may. It is counted all the same, until it leaves.</summary>
    public bool TryEnter(EndPoint? remote)
    {
        // Null when the transport does not know, as behind some tests.
        if (AddressKey.Of(remote) is not { } key)
            return true;
        var count = _counts.GetValueOrDefault(key) + 1;
        _counts[key] = count;
        return most == 0 || count <= most;
    }

    /// <summary>A connection that was counted is gone.</summary>
    public void Leave(EndPoint? remote)
    {
        if (AddressKey.Of(remote) is not { } key || !_counts.TryGetValue(key, out var count))
            return;
        if (count > 1)
            _counts[key] = count - 1;
        else
            _counts.Remove(key);
    }
}
