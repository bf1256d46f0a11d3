// Sends one connection the reliable events of its room.
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Replication;

/// <summary>The same for every codec: events are never shed.</summary>
internal sealed class EventSender
{
    private readonly IConnection _connection;
    private readonly PlayerId _player;
    private readonly ConnectionEpoch _epoch;
    private readonly bool _codec1Events;
    private readonly GatewayMetrics? _metrics;

    /// <summary>A sender.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="player">Whose.</param>
    /// <param name="epoch">Which of their connections.</param>
    /// <param name="codec1Events">Whether what codec 1 can say of the events travels as codec-1 messages.</param>
    /// <param name="metrics">Counts what is shared.</param>
    public EventSender(IConnection connection, PlayerId player, ConnectionEpoch epoch, bool codec1Events, GatewayMetrics? metrics)
    {
        _connection = connection;
        _player = player;
        _epoch = epoch;
        _codec1Events = codec1Events;
        _metrics = metrics;
    }

    /// <summary>Sends the events of a tick.</summary>
    public void Send(EventBroadcast events)
    {
        if (events.IsEmpty)
            return;
        var isShared = !events.IsAddressed(_player);
        if (_codec1Events)
            Send(events.For(_player, _epoch, EventForm.Codec1), isShared);
        Send(events.For(_player, _epoch, _codec1Events ? EventForm.BesidesCodec1 : EventForm.Link), isShared);
    }

    private void Send(DatagramList messages, bool isShared)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (_connection.Send(messages[i], reliable: true) && isShared)
                _metrics?.CountBroadcast();
        }
    }
}
