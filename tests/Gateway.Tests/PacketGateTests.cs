// Sealed UDP on real sockets of the loopback: who is let in, what is never answered, and what nobody can do with a recording.
using System.Net;
using System.Net.Sockets;
using System.Text;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.Udp;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.Protocol.Sealing;
using LiteNetLib;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public sealed class PacketGateTests : IDisposable
{
    private readonly TestGateway _gateway = new();
    private readonly UdpListener _listener;
    private readonly RecordingRelay _relay;

    public PacketGateTests()
    {
        _listener = new UdpListener(_gateway.Set, _gateway, _gateway.Options, _gateway.Clock, _gateway.Metrics, NullLogger<UdpListener>.Instance);
        _listener.Bind(0);
        _relay = new RecordingRelay(_listener.Port);
    }

    public void Dispose()
    {
        _relay.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void A_lost_first_answer_is_repeated_and_opens_no_second_connection()
    {
        _relay.PassDown = n => n >= 3;
        using var client = Join();
        Assert.True(client.Sent.Count(datagram => SealedChannel.IsFirst(datagram)) >= 2);
        Assert.Equal(1, _gateway.Set.Count);
        Assert.Equal(1, _listener.PeerCount);
        Assert.Equal(1, _listener.SealedPeerCount);
    }

    [Fact]
    public void Nothing_of_token_name_or_content_is_on_the_wire()
    {
        var token = _gateway.Token();
        using var client = Join(token);
        client.Peer!.Send(Enumerable.Repeat((byte)0x5A, 64).ToArray(), LinkLimits.ReliableChannel, DeliveryMethod.Unreliable);
        Run(client, () => _relay.Up.Exists(datagram => datagram.Length == 64 + 1 + SealLimits.Overhead));
        var wire = _relay.Up.Concat(_relay.Down).ToList();
        Assert.True(ConnectToken.TryParse(token, out var parsed));
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(token)[..16], parsed!.ClientKey.ToArray(), parsed.GatewayKey.ToArray(), "Ada"u8.ToArray(),
            Enumerable.Repeat((byte)0x5A, 8).ToArray(), "AETH"u8.ToArray(),
        ];
        foreach (var secret in secrets)
            Assert.DoesNotContain(wire, datagram => datagram.AsSpan().IndexOf(secret) >= 0 && secret.Length > 3);
        Assert.DoesNotContain(wire, datagram => datagram.Length < 600 && datagram.AsSpan().IndexOf("Ada"u8) >= 0 && datagram.AsSpan().IndexOf("player"u8) >= 0);
    }

    [Fact]
    public void A_recorded_session_replayed_from_its_own_address_or_another_does_nothing()
    {
        using var client = Join();
        Rounds(client, 50);
        var recorded = _relay.Up.ToList();
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        foreach (var datagram in recorded)
            stranger.Send(datagram, new IPEndPoint(IPAddress.Loopback, _listener.Port));
        Rounds(client, 50);
        Assert.Equal(0, stranger.Available);
        Assert.Equal((1, 1), (_listener.PeerCount, _listener.SealedPeerCount));

        // The client's own timers go on meanwhile, so what answers a replay would show as more than one per round.
        var inbound = client.Received.Count;
        var quiet = _gateway.Set.Count;
        using var drops = new DropCounter(_gateway.Metrics);
        foreach (var datagram in recorded)
            _relay.Inject(datagram);
        Rounds(client, 20);
        Assert.Equal(recorded.Count, drops.Count);
        Assert.Equal(quiet, _gateway.Set.Count);
        Assert.Equal(1, _listener.PeerCount);
        Assert.InRange(client.Received.Count - inbound, 0, 45);
        Assert.Null(client.Ended);
    }

    [Fact]
    public void A_token_that_was_used_is_met_with_silence()
    {
        var token = _gateway.Token();
        using var client = Join(token);
        using var second = new SealedClient(token);
        second.Connect(_listener.Port);
        for (var i = 0; i < 200; i++)
        {
            Rounds(client, 1);
            second.Round();
        }

        Assert.Null(second.Peer);
        Assert.Equal((0, 1), (second.Unopened, _listener.PeerCount));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_token_that_is_over_or_altered_is_met_with_silence(bool isOver)
    {
        var text = _gateway.Token();
        if (isOver)
        {
            _gateway.Time.Advance(TimeSpan.FromSeconds(40));
        }
        else
        {
            Assert.True(ConnectToken.TryParse(text, out var token));
            var part = token!.SealedPart.ToArray();
            part[^1] ^= 1;
            text = new ConnectToken(token.ExpiresAt, token.ClientKey, token.GatewayKey, part).Encode();
        }

        using var client = new SealedClient(text);
        client.Connect(_relay.Port);
        Rounds(client, 200);
        Assert.True(_relay.Up.Count > 1);
        Assert.Empty(_relay.Down);
        Assert.Equal((0, 0), (_listener.PeerCount, _listener.SealedPeerCount));
    }

    [Fact]
    public void A_connection_cannot_open_another_one_from_within()
    {
        using var client = Join();
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, string.Empty).Write(request);
        byte[] head = [6, 13, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0, 0, 0, 16, .. new byte[16]];
        _relay.Inject(client.Seal([.. head, .. request.Written]));
        Rounds(client, 20);
        Assert.Equal((1, 1), (_gateway.Set.Count, _listener.PeerCount));
        Assert.Null(client.Ended);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fragments_of_a_message_longer_than_a_client_s_may_be_never_reach_the_transport(bool isMerged)
    {
        byte[] fragment = [0x81, 0, 0, 2, 7, 0, 0, 0, 17, 0, 1, 2, 3];
        byte[] packet = isMerged ? [13, (byte)fragment.Length, 0, .. fragment] : fragment;
        Assert.False(NetPackets.IsOfClient(packet));
        packet[^5] = 16;
        Assert.True(NetPackets.IsOfClient(packet));
    }

    [Fact]
    public void Merged_packets_hide_nothing()
    {
        Assert.True(NetPackets.IsOfClient([13, 2, 0, 0, 9, 3, 0, 4, 1, 0]));
        Assert.False(NetPackets.IsOfClient([13, 2, 0, 0, 9, 1, 0, 6]));
        Assert.False(NetPackets.IsOfClient([13, 4, 0, 13, 1, 0, 0]));
        Assert.False(NetPackets.IsOfClient([]));
    }

    [Fact]
    public void A_token_inside_the_request_is_refused_over_UDP()
    {
        using var client = new SealedClient(_gateway.Token());
        client.Connect(_relay.Port, tokenInside: _gateway.Token());
        Run(client, () => client.Ended is not null);
        Assert.Contains(client.Controls, control => control is { Kind: ControlKind.Reject, Code: CloseReason.BadToken });
    }

    [Fact]
    public void Another_address_with_the_same_keys_is_a_stranger_and_the_old_entry_is_forgotten()
    {
        using var client = Join();
        _relay.ChangeAddress();
        var answered = _relay.Down.Count;
        Rounds(client, 200);
        Assert.Equal(answered, _relay.Down.Count);
        Run(client, () => _listener.PeerCount == 0);
        Run(client, () => _listener.SealedPeerCount == 0);
        Assert.Equal(0, _gateway.Set.Count);
    }

    [Fact]
    public void The_same_end_point_may_come_back_with_another_token_when_it_has_been_silent()
    {
        using (Join())
        {
        }

        using var again = new SealedClient(_gateway.Token());
        again.Connect(_relay.Port);
        Run(again, () => again.Controls.Any(control => control.Kind == ControlKind.Accept));
        Assert.Equal(1, _listener.SealedPeerCount);
    }

    [Fact]
    public void Who_sends_far_too_many_datagrams_is_closed_with_a_reason()
    {
        using var client = Join();
        for (var i = 0; i < 3000 && client.Ended is null; i++)
        {
            // A ping of the transport: nothing that the link would ever see.
            _relay.Inject(client.Seal([4, (byte)i, (byte)(i >> 8)]));
            if (i % 50 == 0)
                Rounds(client, 1);
        }

        Run(client, () => client.Ended is not null);
        Assert.Contains(client.Controls, control => control is { Kind: ControlKind.Close, Code: CloseReason.Violation });
    }

    [Fact]
    public void An_address_with_too_many_connections_is_told_so_until_one_of_them_leaves()
    {
        var gateway = new TestGateway(maxConnectionsPerAddress: 1);
        using var listener = new UdpListener(gateway.Set, gateway, gateway.Options, gateway.Clock, gateway.Metrics, NullLogger<UdpListener>.Instance);
        listener.Bind(0);
        using var first = Connect();
        Until(() => first.Controls.Any(control => control.Kind == ControlKind.Accept), first);
        using var second = Connect();
        Until(() => second.Ended is not null, first, second);
        Assert.Contains(second.Controls, control => control is { Kind: ControlKind.Reject, Code: CloseReason.Full });
        first.Net.DisconnectAll();
        Until(() => gateway.Set.Count == 0, first);
        using var third = Connect();
        Until(() => third.Controls.Any(control => control.Kind == ControlKind.Accept), third);

        SealedClient Connect()
        {
            var client = new SealedClient(gateway.Token());
            client.Connect(listener.Port);
            return client;
        }

        void Until(Func<bool> holds, params SealedClient[] clients)
        {
            var deadline = Environment.TickCount64 + 10_000;
            while (!holds())
            {
                Assert.True(Environment.TickCount64 < deadline);
                listener.Step(gateway.Clock.Now);
                gateway.Rounds(1);
                listener.Flush(gateway.Clock.Now);
                Array.ForEach(clients, client => client.Round());
            }
        }
    }

    [Fact]
    public void Opening_sealing_and_dropping_allocate_nothing()
    {
        using var gate = new PacketGate(new EdgeClock(TimeProvider.System), _gateway.Metrics, _gateway, _gateway.Options);
        Assert.True(ConnectToken.TryParse(_gateway.Token(), out var token));
        using var client = new SealedChannel(token!.ClientKey, token.GatewayKey);
        var at = new IPEndPoint(IPAddress.Loopback, 4000);
        var request = new ByteWriter();
        new ConnectRequest(ProtocolVersions.Link, 1, Spectate: false, string.Empty).Write(request);
        byte[] inner = [6, 13, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 16, .. new byte[16], .. request.Written];
        var data = new byte[SealedChannel.FirstLength(inner.Length, token.SealedPart.Length)];
        client.SealFirst(inner, token.SealedPart, data);
        var length = data.Length;
        gate.ProcessInboundPacket(ref at, ref data, ref length);
        Assert.Equal(inner.Length, length);

        var buffer = new byte[1300];
        var forged = new byte[700];
        var stranger = new IPEndPoint(IPAddress.Loopback, 4001);
        Assert.True(Pass());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var passed = 0;
        for (var i = 0; i < 100; i++)
            passed += Pass() ? 1 : 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((100, 0), (passed, allocated));

        // Without assertions, which allocate.
        bool Pass()
        {
            buffer[0] = 0;
            var opened = client.Seal(buffer, 1000);
            gate.ProcessInboundPacket(ref at, ref buffer, ref opened);
            var offset = 0;
            var sent = 1000;
            gate.ProcessOutBoundPacket(ref at, ref buffer, ref offset, ref sent);
            (forged[0], forged[1], forged[2], forged[3], forged[12], forged[13], forged[14]) = (0xAE, 0x54, 0x48, 1, 44, 1, 1);
            var dropped = forged.Length;
            gate.ProcessInboundPacket(ref stranger, ref forged, ref dropped);
            return (opened, sent, dropped) == (1000, 1024, 1);
        }
    }

    private SealedClient Join(string? token = null)
    {
        var client = new SealedClient(token ?? _gateway.Token());
        client.Connect(_relay.Port);
        Run(client, () => client.Controls.Any(control => control.Kind == ControlKind.Accept));
        return client;
    }

    private void Run(SealedClient client, Func<bool> until)
    {
        var deadline = Environment.TickCount64 + 30_000;
        while (!until())
        {
            Assert.True(Environment.TickCount64 < deadline, "not within 30 s");
            Rounds(client, 1);
        }
    }

    private void Rounds(SealedClient client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _relay.Step();
            _listener.Step(_gateway.Clock.Now);
            _gateway.Rounds(1);
            _listener.Flush(_gateway.Clock.Now);
            _relay.Step();
            client.Round(16);
        }
    }
}
