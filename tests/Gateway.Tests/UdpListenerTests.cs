// The UDP door on real sockets of the loopback.
using System.Net;
using System.Net.Sockets;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.Udp;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Link;
using Aetheris.World;
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
        _listener = new UdpListener(_gateway.Set, _gateway, _gateway.Options, _gateway.Clock, _gateway.Metrics, NullLogger<UdpListener>.Instance);
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
        using var client = new SealedClient(_gateway.Token(Auth.Tokens.PlayerRole.Admin));
        client.Connect(_listener.Port);
        _gateway.Port.OnFrame?.Invoke([]);
        Run(client, () => client.Received.Count(r => r.Method == DeliveryMethod.Unreliable) >= 10);
        Assert.Equal(ControlKind.Accept, client.Controls.First().Kind);
        Assert.All(client.Received.Where(r => r.Method == DeliveryMethod.Unreliable), r => Assert.InRange(r.Bytes.Length, 1, LinkLimits.MaxDatagram));
        Assert.Equal(0, client.Unopened);
    }

    [Fact]
    public void The_largest_datagram_fits_and_a_larger_reliable_message_arrives_whole()
    {
        using var client = new SealedClient(_gateway.Token());
        client.Connect(_listener.Port);
        var sent = false;
        Run(client, () =>
        {
            if (!sent && _listener.FirstPeer is { } peer)
            {
                sent = true;
                var connection = new UdpConnection(peer, _listener, _listener.Find(peer)!, _gateway.Metrics);
                Assert.True(connection.Send(new byte[20_000], reliable: true));
                Assert.True(connection.Send(new byte[LinkLimits.MaxDatagram], reliable: false));
                Assert.False(connection.Send(new byte[20_000], reliable: false));
            }

            return client.Received.Exists(r => r.Bytes.Length == 20_000) && client.Received.Exists(r => r.Bytes.Length == LinkLimits.MaxDatagram);
        });
        Assert.Equal(1, _gateway.Metrics.OutboundErrors["unreliable"]);
    }

    [Fact]
    public void Reliable_messages_act_once_and_in_the_order_of_their_sending_over_a_lossy_reordering_network()
    {
        using var network = new LossyRelay(_listener.Port);
        using var client = new SealedClient(_gateway.Token(Auth.Tokens.PlayerRole.Admin));
        client.Connect(network.Port, spectate: true);
        var sent = 0;
        Run(client, () =>
        {
            network.Step();
            // One per update: sent together they would share a datagram.
            if (sent < 50 && client.Controls.Any(control => control.Kind == ControlKind.Accept))
            {
                var spawn = new WireEvent { Kind = WireEventKind.Spawn, EntityType = EntityTypes.Hauler, X = sent++ };
                client.Peer!.Send(Messages.Codec1(spawn), LinkLimits.ReliableChannel, DeliveryMethod.ReliableOrdered);
            }

            return Spawned().Count >= 50;
        });
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (float)i), Spawned());
        Assert.True(network.Dropped > 5 && network.Swapped > 5, $"{network.Dropped} dropped, {network.Swapped} swapped");

        List<float> Spawned()
        {
            var entities = _gateway.Room.World.Entities;
            var places = new List<float>();
            foreach (var slot in entities.Slots)
            {
                var transform = entities.Column(StandardComponents.Transform)[slot];
                if (transform.EntityType == EntityTypes.Hauler)
                    places.Add(transform.X);
            }

            return places;
        }
    }

    [Fact]
    public void The_gate_takes_only_connect_requests_with_our_magic()
    {
        var good = GoodRequest();
        Assert.True(NetPackets.IsConnectRequest(good));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte[1, 255]).Sample((at, flip) =>
        {
            var mutated = good.ToArray();
            mutated[at] ^= flip;
            var isPayload = at is > 4 and < 17 || (at > 17 && at < 34) || at is >= 38 and < 42 || at >= 44;
            if (!isPayload && at != 0)
                Assert.False(NetPackets.IsConnectRequest(mutated));
        });
        Gen.Int[0, good.Length - 1].Sample(length => Assert.False(NetPackets.IsConnectRequest(good.AsSpan(0, length))));
        Gen.Byte.Array[0, 1500].Sample(bytes =>
        {
            _ = NetPackets.IsConnectRequest(bytes);
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

    private void Run(SealedClient client, Func<bool> until)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (!until())
        {
            Assert.True(Environment.TickCount64 < deadline, "not within 30 s");
            Round();
            client.Round();
        }
    }

    private void Round()
    {
        _listener.Step(_gateway.Clock.Now);
        _gateway.Rounds(1);
        _listener.Flush(_gateway.Clock.Now);
    }
}
