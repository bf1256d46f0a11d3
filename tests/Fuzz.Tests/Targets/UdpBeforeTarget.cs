// Datagrams from strangers.
using System.Net;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.Udp;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class UdpBeforeTarget : FuzzTarget
{
    private readonly TestGateway _gateway = new();
    private readonly PacketGate _gate;
    private int _port;

    public UdpBeforeTarget() => _gate = new PacketGate(_gateway.Clock, _gateway.Metrics, _gateway, _gateway.Options);

    public override string Name => "udp-before";

    public override int Share => 150;

    public override IEnumerable<byte[]> Examples()
    {
        var token = TestSeal.Token(TestSeal.Create());
        using var client = new SealedChannel(token.ClientKey, token.GatewayKey);
        byte[] inner = [6, 13, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 16, .. new byte[16], .. Request()];
        var first = new byte[SealedChannel.FirstLength(inner.Length, token.SealedPart.Length)];
        client.SealFirst(inner, token.SealedPart, first);
        yield return first;
        var datagram = new byte[60 + SealLimits.Overhead];
        client.Seal(datagram, 60);
        yield return datagram;
        yield return inner;
    }

    public static byte[] Request()
    {
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, string.Empty).Write(request);
        return request.Written.ToArray();
    }

    public override void Try(Span<byte> bytes)
    {
        // LiteNetLib drops empty datagrams itself.
        if (bytes.IsEmpty)
            return;
        var at = new IPEndPoint(IPAddress.Loopback, 1024 + (_port++ & 0x3FFF));
        var data = new byte[1432];
        var length = Math.Min(bytes.Length, data.Length);
        bytes[..length].CopyTo(data);
        NetPackets.IsConnectRequest(data.AsSpan(0, length));
        _gate.ProcessInboundPacket(ref at, ref data, ref length);
        if (length != 1 || data[0] != NetPackets.Invalid)
            throw new InvalidOperationException("a stranger was let in");
    }

    public override void Check() => Assert.Equal(0, _gate.PeerCount);
}
