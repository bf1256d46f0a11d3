// What a connection is to its room's link: who joins, and what it does with the room's frames and events.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Replication;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <content>The room's side.</content>
public sealed partial class ConnectionStateMachine
{
    /// <inheritdoc />
    public Command CreateJoin() => new()
    {
        Kind = CommandKind.Join,
        Player = Player,
        Connection = Connection,
        Name = Name,
        Spectator = Spectates,
        Privileged = string.Equals(_lease.Role, PlayerRole.Admin, StringComparison.Ordinal),
    };

    /// <inheritdoc />
    public void OnEvent(in RoomEvent roomEvent)
    {
        switch (roomEvent.Kind)
        {
            case RoomEventKind.Joined when Stage == ConnectionStage.Authenticated:
                OnJoined();
                break;
            case RoomEventKind.Possession when Stage == ConnectionStage.InRoom:
                _messages.OnPossession(roomEvent.Entity);
                break;
            case RoomEventKind.JoinRefused:
                Close(CloseText.FromRefusal((JoinRefusal)roomEvent.Reason));
                break;
            case RoomEventKind.Left:
                Close(CloseText.FromLeave((LeaveReason)roomEvent.Reason));
                break;
            default:
                break;
        }
    }

    /// <inheritdoc />
    public void OnFrame(RoomBroadcast broadcast)
    {
        if (Stage != ConnectionStage.InRoom)
            return;
        try
        {
            _sender!.Send(_link!, broadcast, _messages);
            _lease.Suspicion.OnTick();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Fail(exception);
        }
    }

    /// <inheritdoc />
    public void OnPause()
    {
        if (Stage == ConnectionStage.InRoom)
            _control.Pause(_link!.Broadcast.Tick, in _messages.Inputs);
    }

    /// <inheritdoc />
    public void OnRoomLost(CloseReason reason, string text) => Close(reason, text);

    private void OnJoined()
    {
        Stage = ConnectionStage.InRoom;
        var now = _services.Clock.Now;
        _stay.Start(_link!.Broadcast.Tick, now);
        _messages.OnJoined(_link.TickRate, now);
        _sender = new FrameSender(Transport, _control, Player, Connection, _admission.Request, _services);
        _admission.Succeed(_link.Room, now);
    }
}
