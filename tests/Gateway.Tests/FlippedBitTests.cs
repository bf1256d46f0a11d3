// Every bit of every datagram of a recorded session, flipped: the gate and a client's end drop each, and nothing changes.
using System.Net;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.Udp;
using Aetheris.Protocol.Link;
using Aetheris.Protocol.Sealing;
using LiteNetLib;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aetheris.Gateway.Tests;

public sealed class FlippedBitTests(ITestOutputHelper output)
{
    private const int Sessions = 8;
    private const int Datagrams = 120;
    private const int Invalid = 0x1F;

    private static readonly IPEndPoint Client = new(IPAddress.Loopback, 4000);
    private static readonly IPEndPoint Stranger = new(IPAddress.Parse("127.0.0.2"), 4000);

    private readonly byte[] _scratch = new byte[2048];

    [Fact]
    public void No_bit_of_a_session_can_be_flipped_unnoticed_before_or_after_its_datagram_was_taken()
    {
        var (datagrams, flips) = (0, 0);
        for (var i = 0; i < Sessions; i++)
        {
            var gateway = new TestGateway();
            var token = gateway.Token();
            var (up, down) = Record(gateway, token);
            Assert.Contains(up, datagram => SealedChannel.IsFirst(datagram));
            Assert.Contains(up, datagram => datagram.Length > SealLimits.MaxDatagram - 40);
            datagrams += up.Count + down.Count;
            flips += FlipAtTheGate(gateway, up) + FlipAtTheClient(down, token);
        }

        Assert.True(datagrams >= 2 * Sessions * Datagrams && flips > 2_000_000, $"{flips} flips of {datagrams} datagrams");
        output.WriteLine($"{flips} flips: every bit of {datagrams} datagrams of {Sessions} sessions, before and after each was taken");
    }

    // A real session of LiteNetLib: first datagram, acknowledgements, pings, small and large messages, merged ones, the goodbye.
    private (List<byte[]> Up, List<byte[]> Down) Record(TestGateway gateway, string token)
    {
        using var listener = new UdpListener(gateway.Set, gateway, gateway.Options, gateway.Clock, gateway.Metrics, NullLogger<UdpListener>.Instance);
        listener.Bind(0);
        using var relay = new RecordingRelay(listener.Port);
        using var client = new SealedClient(token);
        client.Connect(relay.Port);
        var deadline = Environment.TickCount64 + 30_000;
        while (relay.Up.Count <= Datagrams || relay.Down.Count <= Datagrams)
        {
            Assert.True(Environment.TickCount64 < deadline, "no session within 30 s");
            Round();
            if (!client.Controls.Any(control => control.Kind == ControlKind.Accept))
                continue;
            client.Peer!.Send(new byte[1 + (relay.Up.Count % 60)], LinkLimits.ReliableChannel, DeliveryMethod.Unreliable);
            if (relay.Up.Count % 40 == 0)
                client.Peer.Send(new byte[LinkLimits.MaxDatagram], LinkLimits.ReliableChannel, DeliveryMethod.Unreliable);
            if (relay.Up.Count % 10 == 0)
                client.Peer.Send([0, 0], LinkLimits.ReliableChannel, DeliveryMethod.ReliableOrdered);
        }

        client.Net.DisconnectAll();
        for (var i = 0; i < 5; i++)
            Round();
        return (relay.Up, relay.Down);

        void Round()
        {
            relay.Step();
            listener.Step(gateway.Clock.Now);
            gateway.Rounds(1);
            listener.Flush(gateway.Clock.Now);
            relay.Step();
            client.Round(16);
        }
    }

    private int FlipAtTheGate(TestGateway gateway, List<byte[]> session)
    {
        // Another gateway with the same keys, which has not seen the token: what it knows afterwards comes from these datagrams alone.
        var fresh = gateway.WithNothingUsed();
        using var gate = new PacketGate(fresh.Clock, fresh.Metrics, fresh, fresh.Options);
        var flips = 0;
        foreach (var datagram in session)
        {
            flips += FlipEveryBit(gate, fresh, datagram);
            Assert.True(Pass(gate, Client, datagram), "the genuine datagram is taken after all its flipped ones");
            fresh.Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        // Long enough for the end point to be free for another token.
        fresh.Time.Advance(TimeSpan.FromSeconds(3));
        foreach (var datagram in session)
        {
            flips += FlipEveryBit(gate, fresh, datagram);
            Assert.False(Pass(gate, Client, datagram), "a replay is dropped");
            Assert.False(Pass(gate, Stranger, datagram), "a replay from another address is dropped");
        }

        Assert.Equal(1, gate.PeerCount);
        return flips;
    }

    private int FlipEveryBit(PacketGate gate, TestGateway gateway, byte[] datagram)
    {
        var peer = gate.Find(Client);
        var heard = peer?.HeardAt;
        for (var bit = 0; bit < datagram.Length * 8; bit++)
        {
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
            var passed = Pass(gate, Client, datagram);
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
            if (passed || !ReferenceEquals(peer, gate.Find(Client)) || peer?.HeardAt != heard)
                Assert.Fail($"bit {bit} of {datagram.Length} bytes changed something");
        }

        Assert.Equal(0, gateway.Set.Count);
        return datagram.Length * 8;
    }

    private bool Pass(PacketGate gate, IPEndPoint from, byte[] datagram)
    {
        datagram.CopyTo(_scratch, 0);
        var (data, length) = (_scratch, datagram.Length);
        gate.ProcessInboundPacket(ref from, ref data, ref length);
        return (length, data[0]) != (1, Invalid);
    }

    private int FlipAtTheClient(List<byte[]> session, string token)
    {
        Assert.True(ConnectToken.TryParse(token, out var parsed));
        using var channel = new SealedChannel(parsed!.ClientKey, parsed.GatewayKey);
        var flips = 0;
        for (var again = 0; again < 2; again++)
        {
            foreach (var datagram in session)
            {
                for (var bit = 0; bit < datagram.Length * 8; bit++)
                {
                    datagram.CopyTo(_scratch, 0);
                    _scratch[bit / 8] ^= (byte)(1 << (bit % 8));
                    if (channel.Open(_scratch.AsSpan(0, datagram.Length), out _) == SealVerdict.Genuine)
                        Assert.Fail($"bit {bit} of {datagram.Length} bytes passed");
                }

                datagram.CopyTo(_scratch, 0);
                Assert.Equal(again == 0 ? SealVerdict.Genuine : SealVerdict.Replayed, channel.Open(_scratch.AsSpan(0, datagram.Length), out _));
                flips += datagram.Length * 8;
            }
        }

        return flips;
    }
}
