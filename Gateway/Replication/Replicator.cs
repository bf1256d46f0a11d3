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
    private readonly ByteWriter _control = new(96);
    private bool _needsImage = true;

    /// <summary>A replicator that begins with the whole state.</summary>
    public Replicator(IConnection connection, PlayerId player, ConnectionEpoch epoch)
    {
        _connection = connection;
        _player = player;
        _epoch = epoch;
    }

    /// <summary>Sends a frame.</summary>
    public void Send(RoomBroadcast broadcast, in InputReceiver inputs, in InputSlack slack)
    {
        if (_needsImage || broadcast.IsImage)
        {
            var image = broadcast.State.Image(broadcast.Replica);
            for (var i = 0; i < image.Count; i++)
                _connection.Send(image[i], reliable: true);
            _needsImage = false;
        }
        else
        {
            var datagrams = broadcast.State.Datagrams;
            for (var i = 0; i < datagrams.Count; i++)
                _connection.Send(datagrams[i], reliable: false);
        }

        if (!broadcast.Events.IsEmpty)
        {
            var events = broadcast.Events.For(_player, _epoch);
            for (var i = 0; i < events.Count; i++)
                _connection.Send(events[i], reliable: true);
        }

        SendClock(broadcast, in inputs, in slack);
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
