// The UDP door on real sockets of the loopback.
using System.Net;
using System.Net.Sockets;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.Udp;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;
using CsCheck;
using LiteNetLib;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public sealed class UdpListenerTests : IDisposable
{
    private readonly TestGateway _gateway = new();
    private readonly UdpListener _listener;

    public UdpListenerTests()
    {
        _listener = new UdpListener(_gateway.Set, _gateway.Options, _gateway.Clock, _gateway.Metrics, NullLogger<UdpListener>.Instance);
        _listener.Bind(0);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Garbage_from_strangers_is_never_answered_and_makes_no_peer()
    {
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var to = new IPEndPoint(IPAddress.Loopback, _listener.Port);
        for (var first = 0; first < 256; first++)
        {
            stranger.Send([(byte)first], to);
            stranger.Send([(byte)first, 13, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16], to);
        }

        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var bytes = new byte[random.Next(1, 1400)];
            random.NextBytes(bytes);
            stranger.Send(bytes, to);
            Round();
        }

        for (var i = 0; i < 20; i++)
            Round();
        Assert.Equal(0, stranger.Available);
        Assert.Equal(0, _listener.PeerCount);
        Assert.Equal(0, _gateway.Set.Count);
    }

    [Fact]
    public void A_client_joins_over_UDP_and_gets_datagrams_of_full_size()
    {
        var events = new EventBasedNetListener();
        var received = new List<(byte[] Bytes, DeliveryMethod Method)>();
        events.NetworkReceiveEvent += (_, reader, _, method) => received.Add((reader.GetRemainingBytes(), method));
        var client = new NetManager(events) { MtuOverride = LinkLimits.Mtu, IPv6Enabled = false };
        Assert.True(client.StartInManualMode(0));
        try
        {
            var request = new ByteWriter();
            new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, _gateway.Token(Auth.Tokens.PlayerRole.Admin)).Write(request);
            client.Connect(new IPEndPoint(IPAddress.Loopback, _listener.Port), request.Written);
            _gateway.Port.OnFrame?.Invoke([]);
            var deadline = Environment.TickCount64 + 10_000;
            while (received.Count(r => r.Method == DeliveryMethod.Unreliable) < 10 && Environment.TickCount64 < deadline)
            {
                Round();
                client.PollEvents();
                client.ManualUpdate(5);
            }

            Assert.True(ControlMessage.TryRead(received[0].Bytes, out var accept));
            Assert.Equal(ControlKind.Accept, accept.Kind);
            Assert.All(received.Where(r => r.Method == DeliveryMethod.Unreliable), r => Assert.InRange(r.Bytes.Length, 1, LinkLimits.MaxDatagram));
        }
        finally
        {
            client.Stop();
        }
    }

    [Fact]
    public void A_reliable_message_larger_than_a_datagram_arrives_whole()
    {
        var events = new EventBasedNetListener();
        var received = new List<int>();
        events.NetworkReceiveEvent += (_, reader, _, _) => received.Add(reader.AvailableBytes);
        var client = new NetManager(events) { MtuOverride = LinkLimits.Mtu, IPv6Enabled = false };
        Assert.True(client.StartInManualMode(0));
        try
        {
            var request = new ByteWriter();
            new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, _gateway.Token()).Write(request);
            client.Connect(new IPEndPoint(IPAddress.Loopback, _listener.Port), request.Written);
            var deadline = Environment.TickCount64 + 10_000;
            var sent = false;
            while (!received.Contains(20_000) && Environment.TickCount64 < deadline)
            {
                Round();
                client.PollEvents();
                client.ManualUpdate(5);
                if (sent || _listener.FirstPeer is not { } peer)
                    continue;
                sent = true;
                Assert.True(new UdpConnection(peer, _listener, _gateway.Metrics).Send(new byte[20_000], reliable: true));
                Assert.False(new UdpConnection(peer, _listener, _gateway.Metrics).Send(new byte[20_000], reliable: false));
            }

            Assert.Contains(20_000, received);
            Assert.Equal(1, _gateway.Metrics.OutboundErrors["unreliable"]);
        }
        finally
        {
            client.Stop();
        }
    }

    [Fact]
    public void The_gate_takes_only_connect_requests_with_our_magic()
    {
        var good = GoodRequest();
        Assert.True(PacketGate.IsConnectRequest(good));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte[1, 255]).Sample((at, flip) =>
        {
            var mutated = good.ToArray();
            mutated[at] ^= flip;
            var isPayload = at is > 4 and < 17 || (at > 17 && at < 34) || at is >= 38 and < 42 || at >= 44;
            if (!isPayload && at != 0)
                Assert.False(PacketGate.IsConnectRequest(mutated));
        });
        Gen.Int[0, good.Length - 1].Sample(length => Assert.False(PacketGate.IsConnectRequest(good.AsSpan(0, length))));
        Gen.Byte.Array[0, 1500].Sample(bytes =>
        {
            _ = PacketGate.IsConnectRequest(bytes);
        });
    }

    [Fact]
    public void An_address_is_limited_and_so_are_all_together()
    {
        var budget = new AddressBudget(10, 0);
        var one = IPAddress.Parse("192.0.2.1");
        Assert.Equal(40, Enumerable.Range(0, 1000).Count(_ => budget.TryTake(one, 0)));
        Assert.True(budget.TryTake(one, 100));
        var all = Enumerable.Range(0, 100_000).Count(i => budget.TryTake(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]), 100));
        Assert.InRange(all, 300, 400);
    }

    private static byte[] GoodRequest()
    {
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, new string('x', 300)).Write(request);
        byte[] head = [6, 13, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 16, .. new byte[16]];
        return [.. head, .. request.Written];
    }

    private void Round()
    {
        _listener.Step(_gateway.Clock.Now);
        _gateway.Rounds(1);
        _listener.Flush(_gateway.Clock.Now);
    }
}
