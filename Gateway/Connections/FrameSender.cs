// What a connection in its room is sent for each of the room's frames.
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Connections;

/// <summary>One replicator, of the codec that the client asked for. Allocates nothing per frame.</summary>
internal sealed class FrameSender
{
    private readonly ControlSender _control;
    private readonly PlayerId _player;
    private readonly ConnectionEpoch _connection;
    private readonly Replicator? _codec1;
    private readonly Codec2Sender? _codec2;
    private uint _acceptedEpoch;

    /// <summary>A sender that has not sent anything.</summary>
    public FrameSender(IConnection transport, ControlSender control, PlayerId player, ConnectionEpoch connection, ConnectHandshake request, ConnectionServices services)
    {
        _control = control;
        _player = player;
        _connection = connection;
        if (request.RequestCodec == Audience.Codec2)
            _codec2 = new Codec2Sender(transport, player, connection, request.RequestCodec1Events, services.Rooms.Codec2.Settings, services.Metrics);
        else
            _codec1 = new Replicator(transport, player, connection, request.RequestCodec1Events, services.Metrics);
    }

    /// <summary>What decides about the client's codec-2 state; null with codec 1.</summary>
    public Codec2Replicator? Codec2 => _codec2?.Replicator;

    /// <summary>Sends what the client lacks; in a new epoch of the room its welcome first.</summary>
    public void Send(RoomLink link, RoomBroadcast broadcast, ClientMessages messages)
    {
        if (_acceptedEpoch != broadcast.Epoch)
        {
            _acceptedEpoch = broadcast.Epoch;
            _control.Accept(link, _player, _connection);
        }

        messages.BeforeFrame(broadcast.Tick);
        _codec1?.Send(broadcast, in messages.Inputs, in messages.Slack);
        _codec2?.Send(broadcast, in messages.Inputs, in messages.Slack);
        messages.OnFrame();
    }
}
