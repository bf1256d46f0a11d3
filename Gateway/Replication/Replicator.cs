// Sends one connection its room, codec 1.
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Replication;

/// <summary>Late-join image, then each frame's shared datagrams and events, and what is this connection's alone.</summary>
public sealed class Replicator
{
    private readonly IConnection _connection;
    private readonly PlayerId _player;
    private readonly ConnectionEpoch _epoch;
    private readonly EventSender _events;
    private readonly GatewayMetrics? _metrics;
    private readonly ByteWriter _control = new(96);
    private bool _needsImage = true;

    /// <summary>A replicator that begins with the whole state.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="player">Whose.</param>
    /// <param name="epoch">Which of their connections.</param>
    /// <param name="codec1Events">Whether what codec 1 can say of the events travels as codec-1 messages.</param>
    /// <param name="metrics">Counts what is shared.</param>
    public Replicator(IConnection connection, PlayerId player, ConnectionEpoch epoch, bool codec1Events = false, GatewayMetrics? metrics = null)
    {
        _metrics = metrics;
        _connection = connection;
        _player = player;
        _epoch = epoch;
        _events = new EventSender(connection, player, epoch, codec1Events, metrics);
    }

    /// <summary>Sends a frame.</summary>
    public void Send(RoomBroadcast broadcast, in InputReceiver inputs, in InputSlack slack)
    {
        if (_needsImage || broadcast.IsImage)
        {
            Send(broadcast.State.Image(broadcast.Replica), reliable: true, isShared: true);
            _needsImage = false;
        }
        else
        {
            Send(broadcast.State.Datagrams, reliable: false, isShared: true);
        }

        _events.Send(broadcast.Events);
        SendClock(broadcast, in inputs, in slack);
    }

    private void Send(DatagramList messages, bool reliable, bool isShared)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (_connection.Send(messages[i], reliable) && isShared)
                _metrics?.CountBroadcast();
        }
    }

    private void SendClock(RoomBroadcast broadcast, in InputReceiver inputs, in InputSlack slack)
    {
        var message = new ControlMessage { Kind = ControlKind.Clock, RoomEpoch = broadcast.Epoch, Tick = broadcast.Tick, Margin = slack.Of(broadcast.Tick) };
        if (broadcast.Replica.TryGetShip(_player, out var slot))
        {
            ref readonly var owner = ref broadcast.Replica.Entities.Column(StandardComponents.Ownership)[slot];
            if (owner.Connection == _epoch.Value)
            {
                ref readonly var pilot = ref broadcast.Replica.Entities.Column(StandardComponents.PilotStatus)[slot];
                message.Kind = ControlKind.InputAck;
                message.AppliedTick = pilot.AppliedTick;
                message.AppliedCount = pilot.AppliedCount;
                message.InputChain = pilot.InputChain;
                message.Margin = slack.Of(pilot.AppliedTick);
                message.ReceivedSequence = inputs.ReceivedSequence;
                message.ReceivedHistory = inputs.ReceivedHistory;
            }
        }

        _control.Clear();
        message.Write(_control);
        _connection.Send(_control.Written, reliable: false);
    }
}
