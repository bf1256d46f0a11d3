// Packs component values into codec-1 batches of at most one datagram.
using System.Numerics;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Replication;

/// <summary>
/// Writes link messages (kind byte 1, ReplicationBatch event) of at most 1,200 bytes, split between entities; only an entity that
/// is larger than a datagram is split between components.
/// </summary>
public sealed class Codec1Packer
{
    private readonly ComponentCodec?[] _codecs = new ComponentCodec?[64];
    private readonly ByteWriter _value = new(256);
    private readonly ByteWriter _payload = new(1024);
    private readonly int[] _ends = new int[64];
    private readonly int[] _indexes = new int[64];
    private DatagramList _into = new();
    private ReplicationBatchWriter _batch;
    private bool _open;
    private ulong _tick;

    /// <summary>A packer for the replicated components of a definition.</summary>
    public Codec1Packer(WorldDefinition definition)
    {
        foreach (var component in definition.Components)
        {
            if (!component.InFrames || !Codec1Components.Standard.TryGet(component.Kind, out var codec))
                continue;
            _codecs[component.Index] = codec;
            Mask |= component.Bit;
        }
    }

    /// <summary>Bits of the components that clients get.</summary>
    public ulong Mask { get; }

    /// <summary>Starts writing messages to the end of a list.</summary>
    public void Begin(DatagramList into, ulong tick)
    {
        _into = into;
        _tick = tick;
        _open = false;
    }

    /// <summary>Adds an entity's components.</summary>
    public void Add(EntityTable entities, int slot, ulong mask)
    {
        mask &= Mask & entities.MaskOf(slot);
        if (mask == 0)
            return;
        var count = Encode(entities, slot, mask, out var length);
        var id = entities.IdOf(slot);

        // Two bytes more for an array head that may grow on the way.
        if (_open && _batch.EncodedLengthWith(length) + 2 > Codec1Limits.MaxEvent)
            EndMessage();
        for (var i = 0; i < count; i++)
        {
            var start = i == 0 ? 0 : _ends[i - 1];
            var payload = _payload.Written[start.._ends[i]];
            var kind = _codecs[_indexes[i]]!.Kind;
            BeginMessage();
            if (_batch.TryAppend(id, kind, payload, _tick))
                continue;
            EndMessage();
            BeginMessage();
            _batch.TryAppend(id, kind, payload, _tick);
        }
    }

    /// <summary>Ends the last message.</summary>
    public void End() => EndMessage();

    private int Encode(EntityTable entities, int slot, ulong mask, out int length)
    {
        _payload.Clear();
        length = 0;
        var count = 0;
        var id = entities.IdOf(slot);
        for (; mask != 0; mask &= mask - 1)
        {
            var index = BitOperations.TrailingZeroCount(mask);
            var codec = _codecs[index]!;
            _value.Clear();
            entities.ColumnAt(index).Write(slot, _value);
            var reader = new ByteReader(_value.Written);
            var start = _payload.Length;
            var writer = new MessagePackWriter(_payload);
            var encoded = codec.TryTranscode(ref reader, ref writer);
            writer.Flush();
            if (!encoded)
            {
                _payload.Truncate(start);
                continue;
            }

            _indexes[count] = index;
            _ends[count++] = _payload.Length;
            length += ReplicationBatchWriter.LengthOf(id, codec.Kind, _payload.Length - start, _tick);
        }

        return count;
    }

    private void BeginMessage()
    {
        if (_open)
            return;
        _into.Writer.WriteByte((byte)LinkKind.Codec1);
        _batch = ReplicationBatchWriter.Begin(_into.Writer);
        _open = true;
    }

    private void EndMessage()
    {
        if (!_open)
            return;
        _open = false;
        if (_batch.Count == 0)
        {
            _batch.Abandon();
            _into.Writer.Truncate(_into.Writer.Length - 1);
            return;
        }

        _batch.End();
        _into.End();
    }
}
