// Datagrams from the address of a client whose keys nobody else has, and packets that the client itself seals.
using System.Net;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.Udp;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class UdpAfterTarget : FuzzTarget
{
    private readonly TestGateway _gateway = new();
    private readonly PacketGate _gate;
    private readonly SealedChannel _client;
    private readonly byte[] _sealed = new byte[1432];
    private IPEndPoint _at = new(IPAddress.Loopback, 4000);
    private byte[] _data = new byte[1432];
    private bool _altered;

    public UdpAfterTarget()
    {
        _gate = new PacketGate(_gateway.Clock, _gateway.Metrics, _gateway, _gateway.Options);
        if (!ConnectToken.TryParse(_gateway.Token(), out var token))
            throw new InvalidOperationException("no token");
        _client = new SealedChannel(token!.ClientKey, token.GatewayKey);
        byte[] inner = [6, 13, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 16, .. new byte[16], .. UdpBeforeTarget.Request()];
        _data = new byte[SealedChannel.FirstLength(inner.Length, token.SealedPart.Length)];
        _client.SealFirst(inner, token.SealedPart, _data);
        var length = _data.Length;
        _gate.ProcessInboundPacket(ref _at, ref _data, ref length);
        Assert.Equal(1, _gate.PeerCount);
        _data = new byte[1432];
    }

    public override string Name => "udp-after";

    public override int Share => 150;

    public override IEnumerable<byte[]> Examples() => UdpInsideTarget.Packets();

    public override void Try(Span<byte> bytes)
    {
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(4));
        var length = Math.Min(bytes.Length, 1200);
        if (length == 0)
            return;
        bytes[..length].CopyTo(_sealed);
        var sealedLength = _client.Seal(_sealed, length);

        // Every other one is altered on its way.
        _altered = !_altered;
        if (_altered)
            _sealed[bytes[0] % sealedLength] ^= (byte)(1 << (bytes[^1] & 7));
        _sealed.AsSpan(0, sealedLength).CopyTo(_data);
        var read = sealedLength;
        _gate.ProcessInboundPacket(ref _at, ref _data, ref read);
        var isDropped = read == 1 && _data[0] == NetPackets.Invalid;
        if (_altered && !isDropped)
            throw new InvalidOperationException("an altered datagram was let in");
        if (!isDropped && !NetPackets.IsOfClient(_data.AsSpan(0, read)))
            throw new InvalidOperationException("a packet was let in that no client may send");
    }

    public override void Check() => Assert.Equal(1, _gate.PeerCount);
}
