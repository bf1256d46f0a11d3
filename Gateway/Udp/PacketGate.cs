// Stands before LiteNetLib and lets strangers in only with a connect request of ours.
using System.Buffers.Binary;
using System.Net;
using Aetheris.Gateway.Edge;
using Aetheris.Protocol.Link;
using LiteNetLib;
using LiteNetLib.Layers;

namespace Aetheris.Gateway.Udp;

/// <summary>
/// LiteNetLib answers unknown packets and allocates for connect requests, so everything from an unknown endpoint that is not a
/// well-formed connect request with our magic is dropped here: no answer, no memory. Known endpoints pass.
/// </summary>
public sealed class PacketGate : PacketLayerBase
{
    // LiteNetLib 2.1: property 6 | protocol id i32 | time i64 | peer id i32 | address size u8 | address | our data.
    private const byte PropertyMask = 0x1F;
    private const byte FragmentedFlag = 0x80;
    private const byte ConnectRequestProperty = 6;
    private const int ProtocolId = 13;
    private const int AddressSizeAt = 17;
    private const int HeaderSize = 18;
    private const int RequestFixedSize = 10;
    private const int TokenLengthAt = 8;

    private readonly EdgeClock _clock;
    private readonly GatewayMetrics _metrics;
    private readonly AddressBudget _budget;

    /// <summary>A gate.</summary>
    public PacketGate(EdgeClock clock, GatewayMetrics metrics, int connectsPerSecond)
        : base(0)
    {
        _clock = clock;
        _metrics = metrics;
        _budget = new AddressBudget(connectsPerSecond, clock.Now);
    }

    /// <inheritdoc />
    public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
    {
        // LiteNetLib hands over the peer itself when it knows the endpoint.
        if (endPoint is LiteNetPeer)
            return;
        if (!IsConnectRequest(data.AsSpan(0, length)))
        {
            _metrics.Drop("unknown_endpoint");
            length = 0;
        }
        else if (!_budget.TryTake(endPoint.Address, _clock.Now))
        {
            _metrics.Drop("connect_rate");
            length = 0;
        }
    }

    /// <inheritdoc />
    public override void ProcessOutBoundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length)
    {
    }

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
