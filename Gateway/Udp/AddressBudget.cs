// How many connect requests an address may send.
using System.Net;
using System.Net.Sockets;
using Aetheris.Gateway.Connections;

namespace Aetheris.Gateway.Udp;

/// <summary>
/// Token buckets for addresses, hashed into a table of fixed size with a secret of this process: memory is bounded whatever is
/// spoofed, and nobody can choose whose bucket they share. IPv6 counts by /64.
/// </summary>
public sealed class AddressBudget
{
    private const int Buckets = 8192;
    private const int BurstSeconds = 4;
    private const int AllFactor = 10;

    private readonly TokenBucket[] _buckets = new TokenBucket[Buckets];
    private TokenBucket _all;

    /// <summary>Full budgets.</summary>
    /// <param name="perSecond">Requests per second from one address; ten times as many from all together.</param>
    /// <param name="now">Milliseconds.</param>
    public AddressBudget(int perSecond, long now)
    {
        Array.Fill(_buckets, new TokenBucket(perSecond, (double)perSecond * BurstSeconds, now));
        _all = new TokenBucket((double)perSecond * AllFactor, (double)perSecond * AllFactor * BurstSeconds, now);
    }

    /// <summary>Takes one request of an address.</summary>
    public bool TryTake(IPAddress address, long now) =>
        _buckets[Index(address)].TryTake(1, now) && _all.TryTake(1, now);

    private static int Index(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var significant = address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : length;
        var hash = default(HashCode);
        hash.AddBytes(bytes[..significant]);
        return (int)((uint)hash.ToHashCode() % Buckets);
    }
}
