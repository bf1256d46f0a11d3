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
    private const byte ConnectRequestProperty = 6;

    // Unreliable, Channeled, ReliableMerged, Ack, Ping, Pong, Disconnect, Merged, ShutdownOk. The MTU is fixed, so nobody asks for it.
    private const uint OfClients = 0b0110_0001_0011_1111;
    private const uint Goodbyes = (1u << 8) | (1u << 14);

    // ConnectRequest: property 6 | protocol id i32 | time i64 | peer id i32 | address size u8 | address | our data.
    private const int ProtocolId = 13;
    private const int AddressSizeAt = 17;
    private const int HeaderSize = 18;
    private const int RequestFixedSize = 10;
    private const int TokenLengthAt = 8;

    /// <summary>Whether a client that is connected may send a packet.</summary>
    public static bool IsOfClient(byte first) => ((OfClients >> (first & PropertyMask)) & 1) != 0;

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
}
