// Sizes of the layer that seals datagrams, in one place.
namespace Aetheris.Protocol.Sealing;

/// <summary>Bounds of connect tokens and sealed datagrams (DESIGN §3 Security), in bytes.</summary>
public static class SealLimits
{
    /// <summary>Key of one direction: AES-256.</summary>
    public const int KeySize = 32;

    /// <summary>Counter that leads a datagram and makes its nonce.</summary>
    public const int CounterSize = 8;

    /// <summary>GCM tag that ends a datagram.</summary>
    public const int TagSize = 16;

    /// <summary>What a datagram is longer than the packet of the transport inside it.</summary>
    public const int Overhead = CounterSize + TagSize;

    /// <summary>Longest sealed part of a connect token.</summary>
    public const int MaxSealed = 512;

    /// <summary>How many counters behind the highest one a datagram may come late.</summary>
    public const int ReplayWindow = 256;

    /// <summary>Magic, counter and length of the sealed part, which lead a first datagram in clear.</summary>
    public const int FirstHead = 4 + CounterSize + 2;

    /// <summary>Largest datagram either end sends: what IPv6 carries on any path (1,280) without IP and UDP heads.</summary>
    public const int MaxDatagram = 1232;
}
