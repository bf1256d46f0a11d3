// One room as its connections see it: the replica, and this tick's bytes that they all share.
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication;

/// <summary>The replica of a room and what its newest frame says, encoded once for all connections.</summary>
public sealed class RoomBroadcast
{
    /// <summary>An empty replica.</summary>
    /// <param name="definition">Rules of the room.</param>
    /// <param name="encoder">Measures codec 1, or null.</param>
    /// <param name="rules">What codec 2 sends to whom; null = the standard.</param>
    public RoomBroadcast(WorldDefinition definition, EncoderMetrics? encoder = null, Codec2Rules? rules = null)
    {
        Replica = new RoomReplica(definition);
        State = new Codec1Broadcast(definition, encoder);
        Codec2 = new Codec2Room(Replica, rules ?? Codec2Rules.Standard());
    }

    /// <summary>The room's state at <see cref="Tick"/>.</summary>
    public RoomReplica Replica { get; }

    /// <summary>Codec-1 datagrams of this tick.</summary>
    public Codec1Broadcast State { get; }

    /// <summary>Cells and blocks of this tick, codec 2.</summary>
    public Codec2Room Codec2 { get; }

    /// <summary>Events of this tick.</summary>
    public EventBroadcast Events { get; } = new();

    /// <summary>Room epoch; 0 before the first image.</summary>
    public uint Epoch { get; private set; }

    /// <summary>Server tick of the state.</summary>
    public ulong Tick { get; private set; }

    /// <summary>Whether the state was replaced by an image in this step: connections need all of it again.</summary>
    public bool IsImage { get; private set; }

    /// <summary>Applies the changes of a frame or image; false when they do not fit, and then the replica needs an image.</summary>
    public bool TryApply(in FrameHeader header, ReadOnlySpan<byte> changes)
    {
        if (!Replica.TryApply(in header, changes))
            return false;
        Epoch = header.Epoch;
        Tick = header.Tick;
        IsImage = header.IsImage;
        return true;
    }

    /// <summary>Encodes what the last applied frame changed.</summary>
    /// <param name="events">Its events.</param>
    /// <param name="audience">Which codecs anybody reads.</param>
    /// <param name="tickRate">Ticks per second.</param>
    public void Encode(List<RoomEvent> events, Audience audience, int tickRate)
    {
        Events.Clear();
        if ((audience & Audience.Codec1) == Audience.None || IsImage)
            State.Reset();
        else
            State.Encode(Replica, Tick, tickRate);
        if ((audience & Audience.Codec2) != Audience.None)
            Codec2.Step(Epoch, Tick, tickRate);
        else
            Codec2.Rest();
        if (audience != Audience.None)
            Events.Encode(events, Replica.LastChanges, Epoch, Tick);
    }
}
