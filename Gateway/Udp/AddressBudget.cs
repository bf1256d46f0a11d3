// How many connect requests an address may send.
using System.Net;
using Aetheris.Gateway.Connections;

namespace Aetheris.Gateway.Udp;

/// <summary>
/// Token buckets by <see cref="AddressKey"/>, hashed into a table of fixed size: memory is bounded whatever is spoofed, and nobody can choose
/// whose bucket they share.
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

    private static int Index(IPAddress address) => (int)((uint)AddressKey.Of(address).GetHashCode() % Buckets);
}
