// What the gate must know of LiteNetLib 2.1's packets.
using System.Buffers.Binary;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Udp;

/// <summary>The first byte of a packet: property 5 bits | connection number 2 | fragmented 1.</summary>
internal static class NetPackets
{
    /// <summary>A byte that is no property: LiteNetLib drops such a packet without an answer and takes its buffer back.</summary>
    public const byte Invalid = 0x1F;

    private const byte PropertyMask = 0x1F;
    private const byte FragmentedFlag = 0x80;
    private const byte ChanneledProperty = 1;
    private const byte ConnectRequestProperty = 6;
    private const byte MergedProperty = 13;
    private const int FragmentsTotalAt = 8;

    // Unreliable, Channeled, ReliableMerged, Ack, Ping, Pong, Disconnect, Merged, ShutdownOk. The MTU is fixed, so nobody asks for it.
    private const uint OfClients = 0b0110_0001_0011_1111;
    private const uint Goodbyes = (1u << 8) | (1u << 14);

    // ConnectRequest: property 6 | protocol id i32 | time i64 | peer id i32 | address size u8 | address | our data.
    private const int ProtocolId = 13;
    private const int AddressSizeAt = 17;
    private const int HeaderSize = 18;
    private const int RequestFixedSize = 10;
    private const int TokenLengthAt = 8;

    /// <summary>
    /// Whether a client that is connected may send a packet, and each one merged into it: nothing that opens or moves a connection, and no
    /// fragment of a message longer than a client's may be, for which LiteNetLib would reserve memory.
    /// </summary>
    public static bool IsOfClient(ReadOnlySpan<byte> packet)
    {
        if (!IsAllowed(packet))
            return false;
        if ((packet[0] & PropertyMask) != MergedProperty)
            return true;

        // As LiteNetLib does it: size u16, packet, and so on until something does not fit.
        var rest = packet[1..];
        while (rest.Length > 2)
        {
            int size = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (size == 0 || size > rest.Length - 2)
                return true;
            var merged = rest.Slice(2, size);
            if (!IsAllowed(merged) || (merged[0] & PropertyMask) == MergedProperty)
                return false;
            rest = rest[(2 + size)..];
        }

        return true;
    }

    /// <summary>Whether a packet only ends a connection.</summary>
    public static bool IsGoodbye(byte first) => ((Goodbyes >> (first & PropertyMask)) & 1) != 0;

    /// <summary>Whether bytes are a connect request of LiteNetLib that carries a well-formed <see cref="ConnectRequest"/>.</summary>
    public static bool IsConnectRequest(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeaderSize
            || (data[0] & PropertyMask) != ConnectRequestProperty
            || (data[0] & FragmentedFlag) != 0
            || BinaryPrimitives.ReadInt32LittleEndian(data[1..]) != ProtocolId
            || data[AddressSizeAt] is not (16 or 28))
        {
            return false;
        }

        var at = HeaderSize + data[AddressSizeAt];
        if (data.Length < at + RequestFixedSize)
            return false;
        var request = data[at..];
        var token = BinaryPrimitives.ReadUInt16LittleEndian(request[TokenLengthAt..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(request) == ConnectRequest.Magic
            && token <= LinkLimits.MaxToken
            && request.Length == RequestFixedSize + token;
    }

    private static bool IsAllowed(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || ((OfClients >> (packet[0] & PropertyMask)) & 1) == 0)
            return false;
        if ((packet[0] & FragmentedFlag) == 0)
            return true;
        return (packet[0] & PropertyMask) == ChanneledProperty
            && packet.Length > FragmentsTotalAt + 1
            && BinaryPrimitives.ReadUInt16LittleEndian(packet[FragmentsTotalAt..]) <= LinkLimits.MaxInboundFragments;
    }
}
