// Builds a ReplicationBatch event in place, one component update at a time, and knows its length before every step.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary>
/// Begin, append, end. Between begin and end nobody else may write to the buffer. Allocates only when the buffer grows.
/// </summary>
public struct ReplicationBatchWriter
{
    // An array head of 16 bits is reserved; a batch of fewer than 16 updates is moved down over the two bytes that its shorter head saves.
    private const int ReservedHead = 3;
    private const int ShortHead = 1;
    private const int MaxShortCount = 15;

    private readonly ByteWriter _buffer;
    private readonly int _start;
    private readonly int _head;

    private ReplicationBatchWriter(ByteWriter buffer, int start, int head)
    {
        _buffer = buffer;
        _start = start;
        _head = head;
        Count = 0;
    }

    /// <summary>Updates appended.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the event if it ended now.</summary>
    public readonly int EncodedLength => _buffer.Length - _start - (Count <= MaxShortCount ? ReservedHead - ShortHead : 0);

    /// <summary>Appends the event's head to a buffer, which may already hold other bytes (the link's kind byte).</summary>
    public static ReplicationBatchWriter Begin(ByteWriter buffer)
    {
        var start = buffer.Length;
        var writer = new MessagePackWriter(buffer);
        WireEvent.WriteBatchHead(ref writer);
        writer.Flush();
        var head = buffer.Length;
        buffer.WriteByte(Marker.Array16);
        buffer.WriteUInt16(0);
        return new ReplicationBatchWriter(buffer, start, head);
    }

    /// <summary>Bytes that one update takes.</summary>
    public static int LengthOf(NetworkId entity, ushort kind, int payloadLength, ulong tick) =>
        MessagePackWriter.ArrayHeadLength(4)
        + MessagePackWriter.UIntLength(entity.Value)
        + MessagePackWriter.UIntLength(kind)
        + MessagePackWriter.BytesLength(payloadLength)
        + MessagePackWriter.UIntLength(tick);

    /// <summary>Bytes of the event if it ended after one more update of a length.</summary>
    public readonly int EncodedLengthWith(int updateLength) =>
        EncodedLength + updateLength + (Count == MaxShortCount ? ReservedHead - ShortHead : 0);

    /// <summary>Appends an update unless the event would exceed a length; false then, and nothing is written.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="kind">Component kind.</param>
    /// <param name="payload">Its encoded value.</param>
    /// <param name="tick">Server tick of the value.</param>
    /// <param name="maxLength">Most bytes of the event, usually <see cref="Codec1Limits.MaxEvent"/>.</param>
    public bool TryAppend(NetworkId entity, ushort kind, ReadOnlySpan<byte> payload, ulong tick, int maxLength = Codec1Limits.MaxEvent)
    {
        if (Count == ushort.MaxValue || EncodedLengthWith(LengthOf(entity, kind, payload.Length, tick)) > maxLength)
            return false;
        var writer = new MessagePackWriter(_buffer);
        new ReplicationEvent { Entity = entity, Kind = kind, Payload = payload, Tick = tick }.Write(ref writer);
        writer.Flush();
        Count++;
        return true;
    }

    /// <summary>Sets the head; the event is then complete at the end of the buffer.</summary>
    /// <returns>Bytes of the event.</returns>
    public readonly int End()
    {
        var length = EncodedLength;
        if (Count > MaxShortCount)
        {
            var count = _buffer.WrittenSpan(_head + 1, 2);
            count[0] = (byte)(Count >> 8);
            count[1] = (byte)Count;
            return length;
        }

        var content = _buffer.WrittenSpan(_head, _buffer.Length - _head);
        content[0] = (byte)(Marker.FixArray | Count);
        content.Slice(ReservedHead).CopyTo(content.Slice(ShortHead));
        _buffer.Truncate(_start + length);
        return length;
    }

    /// <summary>Removes the event from the buffer, for a batch that turns out empty.</summary>
    public readonly void Abandon() => _buffer.Truncate(_start);
}
