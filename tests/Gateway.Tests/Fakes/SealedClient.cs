// A LiteNetLib client by hand that seals as the protocol says: independent of the SDK, and open to what an attacker would do.
using System.Net;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;
using Aetheris.Protocol.Sealing;
using LiteNetLib;
using LiteNetLib.Layers;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class SealedClient : IDisposable
{
    private readonly EventBasedNetListener _events = new();
    private readonly ClientSeal _seal;

    public SealedClient(string token)
    {
        Assert.True(ConnectToken.TryParse(token, out var parsed));
        _seal = new ClientSeal(parsed!);
        Net = new NetManager(_events, _seal) { MtuOverride = LinkLimits.Mtu, IPv6Enabled = false, ReconnectDelay = 250 };
        _events.NetworkReceiveEvent += (_, reader, _, method) => Received.Add((reader.GetRemainingBytes(), method));
        _events.PeerConnectedEvent += peer => Peer = peer;
        _events.PeerDisconnectedEvent += (_, info) => Ended = info.Reason;
        Assert.True(Net.StartInManualMode(0));
    }

    public NetManager Net { get; }

    public NetPeer? Peer { get; private set; }

    public DisconnectReason? Ended { get; private set; }

    public List<(byte[] Bytes, DeliveryMethod Method)> Received { get; } = [];

    /// <summary>Datagrams as they left, sealed.</summary>
    public List<byte[]> Sent => _seal.Sent;

    /// <summary>Datagrams that came and could not be opened.</summary>
    public int Unopened => _seal.Unopened;

    public IEnumerable<ControlMessage> Controls => Received.Where(r => r.Bytes[0] == (byte)LinkKind.Control).Select(r => ControlMessage.TryRead(r.Bytes, out var m) ? m : throw new InvalidDataException());

    public void Connect(int port, byte codec = 1, bool spectate = false, string tokenInside = "")
    {
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, codec, spectate, tokenInside).Write(request);
        Net.Connect(new IPEndPoint(IPAddress.Loopback, port), request.Written);
    }

    public void Round(float milliseconds = 5)
    {
        Net.PollEvents();
        Net.ManualUpdate(milliseconds);
    }

    /// <summary>Seals a packet of the transport's own making, as a client with the keys could.</summary>
    public byte[] Seal(ReadOnlySpan<byte> packet) => _seal.SealPacket(packet);

    public void Dispose()
    {
        Net.Stop();
        _seal.Dispose();
    }

    private sealed class ClientSeal(ConnectToken token) : PacketLayerBase(SealLimits.Overhead), IDisposable
    {
        private readonly SealedChannel _channel = new(token.ClientKey, token.GatewayKey);

        public List<byte[]> Sent { get; } = [];

        public int Unopened { get; private set; }

        public override void ProcessInboundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int length)
        {
            if (_channel.Open(data.AsSpan(0, length), out length) == SealVerdict.Genuine)
                return;
            Unopened++;
            length = 0;
        }

        public override void ProcessOutBoundPacket(ref IPEndPoint endPoint, ref byte[] data, ref int offset, ref int length)
        {
            if ((data[offset] & 0x1F) == 6)
            {
                var first = new byte[SealedChannel.FirstLength(length, token.SealedPart.Length)];
                _channel.SealFirst(data.AsSpan(offset, length), token.SealedPart, first);
                (data, offset, length) = (first, 0, first.Length);
            }
            else
            {
                length = _channel.Seal(data.AsSpan(offset), length);
            }

            Sent.Add(data.AsSpan(offset, length).ToArray());
        }

        public byte[] SealPacket(ReadOnlySpan<byte> packet)
        {
            var buffer = new byte[packet.Length + SealLimits.Overhead];
            packet.CopyTo(buffer);
            _channel.Seal(buffer, packet.Length);
            return buffer;
        }

        public void Dispose() => _channel.Dispose();
    }
}
