// The events of one tick in one form: bytes that everybody shares, and those of a player who is addressed.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Replication;

/// <summary>Encoded when the first connection asks, then shared by all that are not addressed (T-71). Order is the room's.</summary>
internal sealed class EventMessages
{
    private readonly EventForm _form;
    private readonly DatagramList _shared = new();
    private readonly DatagramList _own = new();
    private bool _encoded;

    /// <summary>Messages in a form.</summary>
    public EventMessages(EventForm form) => _form = form;

    /// <summary>Another tick begins.</summary>
    public void Clear()
    {
        _shared.Clear();
        _encoded = false;
    }

    /// <summary>What everybody gets.</summary>
    public DatagramList Shared(List<RoomEvent> events, uint epoch, ulong tick)
    {
        if (!_encoded)
            Write(_shared, events, epoch, tick, PlayerId.None, ConnectionEpoch.None);
        _encoded = true;
        return _shared;
    }

    /// <summary>What one connection gets whose player is addressed; valid until the next call.</summary>
    public DatagramList Own(List<RoomEvent> events, uint epoch, ulong tick, PlayerId player, ConnectionEpoch connection)
    {
        _own.Clear();
        Write(_own, events, epoch, tick, player, connection);
        return _own;
    }

    private static bool IsFor(in RoomEvent roomEvent, PlayerId player, ConnectionEpoch connection) =>
        roomEvent.To.IsNone
        || (roomEvent.To == player && (roomEvent.Connection == ConnectionEpoch.None || roomEvent.Connection == connection));

    private void Write(DatagramList into, List<RoomEvent> events, uint epoch, ulong tick, PlayerId player, ConnectionEpoch connection)
    {
        ByteWriter writer = into.Writer;
        var position = 0;
        var count = 0;
        foreach (var roomEvent in events)
        {
            if (!IsFor(in roomEvent, player, connection))
                continue;
            if (_form != EventForm.Link && Codec1Events.TryTranslate(in roomEvent, out var wire))
            {
                if (_form == EventForm.Codec1)
                {
                    writer.WriteByte((byte)LinkKind.Codec1);
                    wire.Write(writer);
                    into.End();
                }

                continue;
            }

            if (_form == EventForm.Codec1)
                continue;
            if (count == 0)
                position = EventBatch.WriteHead(writer, epoch, tick);
            roomEvent.Write(writer);
            if (++count < EventBatch.MaxEvents)
                continue;
            EventBatch.PatchCount(writer, position, (ushort)count);
            into.End();
            count = 0;
        }

        if (count == 0)
            return;
        EventBatch.PatchCount(writer, position, (ushort)count);
        into.End();
    }
}
