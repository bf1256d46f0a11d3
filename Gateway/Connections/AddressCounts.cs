// How many connections each address has.
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Gateway.Connections;

/// <summary>Counts by IPv4 address, or by /64 of IPv6; an entry lives as long as a connection does. Edge thread only.</summary>
/// <param name="most">Most connections of one address; 0 for no bound.</param>
internal sealed class AddressCounts(int most)
{
    private const int PrefixBytes = 8;

    private readonly Dictionary<(bool IsV6, ulong Prefix), int> _counts = [];

    /// <summary>Counts a connection; false when its address has more than it may. It is counted all the same, until it leaves.</summary>
    public bool TryEnter(EndPoint? remote)
    {
        if (Key(remote) is not { } key)
            return true;
        var count = _counts.GetValueOrDefault(key) + 1;
        _counts[key] = count;
        return most == 0 || count <= most;
    }

    /// <summary>A connection that was counted is gone.</summary>
    public void Leave(EndPoint? remote)
    {
        if (Key(remote) is not { } key || !_counts.TryGetValue(key, out var count))
            return;
        if (count > 1)
            _counts[key] = count - 1;
        else
            _counts.Remove(key);
    }

    // Null when the transport does not know, as behind some tests.
    private static (bool IsV6, ulong Prefix)? Key(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: { } address })
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? (true, BitConverter.ToUInt64(bytes[..PrefixBytes]))
            : (false, BitConverter.ToUInt32(bytes[..4]));
    }
}
