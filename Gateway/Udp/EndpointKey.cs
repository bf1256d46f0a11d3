// An address and a port as a key that costs nothing.
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Aetheris.Gateway.Udp;

/// <summary>Compared by value; made without allocating. LiteNetLib's peers are end points whose own hash differs from a plain one's.</summary>
/// <param name="High">Upper half of an IPv6 address; all ones for IPv4.</param>
/// <param name="Low">Lower half, or the IPv4 address.</param>
/// <param name="Port">Port.</param>
internal readonly record struct EndpointKey(ulong High, ulong Low, int Port)
{
    /// <summary>The key of an end point.</summary>
    public static EndpointKey Of(IPEndPoint endPoint)
    {
        Span<byte> bytes = stackalloc byte[16];
        endPoint.Address.TryWriteBytes(bytes, out _);
        return endPoint.AddressFamily == AddressFamily.InterNetworkV6
            ? new EndpointKey(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), endPoint.Port)
            : new EndpointKey(ulong.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(bytes), endPoint.Port);
    }
}
