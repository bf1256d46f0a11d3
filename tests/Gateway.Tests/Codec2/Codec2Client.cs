// One codec-2 connection of a scene: replicator, two bad paths, a view.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Codec2;

internal sealed class Codec2Client : IConnection
{
    private readonly int _ackPeriod;
    private readonly InputSlack _slack = new();
    private InputReceiver _inputs;
    private int _now;

    public Codec2Client(PlayerId player, Codec2Schema schema, Codec2Settings settings, int seed, int ackPeriod = 1)
    {
        Player = player;
        View = new Codec2View(schema);
        Down = new Path(new Random(seed));
        Up = new Path(new Random(seed + 1));
        Replicator = new Codec2Replicator(this, player, new ConnectionEpoch(1), settings);
        _ackPeriod = ackPeriod;
    }

    public PlayerId Player { get; }

    public Codec2View View { get; }

    public Codec2Replicator Replicator { get; }

    public Path Down { get; }

    public Path Up { get; }

    public long Bytes { get; private set; }

    public int DatagramsInTick { get; private set; }

    public int BytesInTick { get; private set; }

    public string Transport => "test";

    public EndPoint? Remote => null;

    public bool IsOpen => true;

    public long SilentMilliseconds => 0;

    public ConnectionStats Stats => default;

    public void Tick(RoomBroadcast broadcast, int now)
    {
        _now = now;
        DatagramsInTick = 0;
        BytesInTick = 0;
        ReceiveInputs(broadcast);
        Replicator.Send(broadcast.Codec2, in _inputs, in _slack);
        foreach (var message in Down.Arrived(now))
            View.Receive(message);
        if (now % _ackPeriod == 0 && View.TryAcknowledge(out var newest, out var history))
        {
            var writer = new ByteWriter();
            InputPacket.Write(writer, new InputPacket { HasStateAck = true, StateAck = newest, StateAckHistory = history }, []);
            Up.Send(now, writer.Written);
        }

        var inputs = new ShipInput[LinkLimits.MaxInputsPerPacket];
        foreach (var message in Up.Arrived(now))
        {
            Assert.True(InputPacket.TryRead(message, out var packet, inputs));
            Replicator.Acknowledge(packet.StateAck, packet.StateAckHistory);
        }
    }

    /// <summary>The scene steers the room directly: what it applied has reached the gateway.</summary>
    private void ReceiveInputs(RoomBroadcast broadcast)
    {
        if (!broadcast.Replica.TryGetShip(Player, out var ship))
            return;
        var applied = broadcast.Replica.Entities.Column(StandardComponents.PilotStatus)[ship].AppliedCount;
        var forward = new ShipInput[1];
        while (_inputs.ReceivedSequence < applied)
        {
            var packet = new InputPacket { Count = 1, NewestSequence = _inputs.ReceivedSequence + 1 };
            _inputs.Receive(in packet, [new ShipInput { TargetTick = 1 }], forward);
        }
    }

    public bool Send(ReadOnlySpan<byte> message, bool reliable)
    {
        Assert.False(reliable);
        Assert.InRange(message.Length, 9, LinkLimits.MaxDatagram);
        Bytes += message.Length;
        BytesInTick += message.Length;
        DatagramsInTick++;
        Down.Send(_now, message);
        return true;
    }

    public void Close(ReadOnlySpan<byte> lastWords)
    {
    }
}
