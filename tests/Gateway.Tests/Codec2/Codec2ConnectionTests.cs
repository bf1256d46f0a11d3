// A connection that asks for codec 2.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Codec2;

public class Codec2ConnectionTests
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new();

    [Fact]
    public void It_gets_one_state_datagram_per_tick_reliable_events_and_neither_clock_nor_acknowledgement_besides()
    {
        Join();
        var sent = _transport.Sent.Count;
        _gateway.Rounds(30);
        var later = _transport.Sent.Skip(sent).ToList();
        Assert.Equal(30, later.Count(message => message.Bytes[0] == (byte)LinkKind.State && !message.Reliable));
        Assert.Equal(30, later.Count);
        Assert.Contains(_transport.Sent, message => message.Bytes[0] == (byte)LinkKind.Events && message.Reliable);
        var controls = _transport.Controls();
        Assert.Equal(ControlKind.Accept, controls[0].Kind);
        Assert.DoesNotContain(controls, control => control.Kind is ControlKind.Clock or ControlKind.InputAck);
    }

    [Fact]
    public void Inputs_come_back_as_applied_with_their_slack_and_acknowledged_state_makes_blocks_small()
    {
        var machine = Join();
        var view = new Codec2View(Codec2Schemas.Build(WorldDefinition.Standard, 60));
        var seen = 0;
        var writer = new ByteWriter();
        for (uint i = 1; i <= 60; i++)
        {
            for (; seen < _transport.Sent.Count; seen++)
            {
                if (_transport.Sent[seen].Bytes[0] == (byte)LinkKind.State)
                    view.Receive(_transport.Sent[seen].Bytes);
            }

            view.TryAcknowledge(out var newest, out var history);
            writer.Clear();
            InputPacket.Write(
                writer,
                new InputPacket { HasStateAck = true, StateAck = newest, StateAckHistory = history, NewestSequence = i },
                [new ShipInput { TargetTick = _gateway.Room.World.Tick + 2, MoveX = 1 }]);
            machine.Receive(writer.Written, reliable: false);
            _gateway.Rounds(1);
        }

        Assert.InRange(view.Own.AppliedCount, 55u, 60u);
        Assert.InRange(view.Own.ReceivedSequence, 58u, 60u);
        Assert.Equal(uint.MaxValue, view.Own.ReceivedHistory);
        Assert.InRange(view.Own.Margin, 16 * 4, 4 * 16 * 4);
        Assert.True(view.OwnState.VX > 10);
        Assert.False(machine.Replicator2!.IsJoining);
        Assert.InRange(_transport.Sent[^1].Bytes.Length, 30, 60);
    }

    [Fact]
    public void Codec_1_and_codec_2_share_a_room()
    {
        Join();
        var other = new FakeTransport();
        _gateway.Join(other);
        _gateway.Rounds(10);
        Assert.Contains(other.Sent, message => message.Bytes[0] == (byte)LinkKind.Codec1);
        Assert.DoesNotContain(other.Sent, message => message.Bytes[0] == (byte)LinkKind.State);
        Assert.DoesNotContain(_transport.Sent, message => message.Bytes[0] == (byte)LinkKind.Codec1);
    }

    [Fact]
    public void Acknowledgements_of_what_was_never_sent_change_nothing()
    {
        var machine = Join();
        var random = new Random(1);
        var writer = new ByteWriter();
        for (var i = 0; i < 500; i++)
        {
            writer.Clear();
            var head = new InputPacket { HasStateAck = true, StateAck = (ushort)random.Next(65536), StateAckHistory = (ulong)random.NextInt64() };
            InputPacket.Write(writer, in head, []);
            machine.Receive(writer.Written, reliable: false);
            _gateway.Rounds(1);
        }

        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    private ConnectionStateMachine Join()
    {
        var machine = _gateway.Connect(_transport, _gateway.Token(), codec: 2);
        _gateway.Rounds(8);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        Assert.Equal(Audience.Codec2, machine.Codec);
        return machine;
    }
}
