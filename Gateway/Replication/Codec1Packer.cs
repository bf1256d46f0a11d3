// Packs component values into codec-1 batches of at most one datagram.
using System.Diagnostics;
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
    private readonly Dictionary<int, byte[]> _texts = [];
    private readonly ulong _textMask;
    private readonly EncoderMetrics? _encoder;
    private readonly ByteWriter _value = new(256);
    private readonly ByteWriter _payload = new(1024);
    private readonly int[] _ends = new int[64];
    private readonly int[] _indexes = new int[64];
    private DatagramList _into = new();
    private ReplicationBatchWriter _batch;
    private bool _open;
    private ulong _tick;
    private uint _encoded;

    /// <summary>A packer for the replicated components of a definition.</summary>
    public Codec1Packer(WorldDefinition definition, EncoderMetrics? encoder = null)
    {
        _encoder = encoder;
        foreach (var component in definition.Components)
        {
            if (!component.InFrames || !Codec1Components.Standard.TryGet(component.Kind, out var codec))
                continue;
            _codecs[component.Index] = codec;
            Mask |= component.Bit;

            // Reading a value with a text allocates it, so such payloads are kept until they change.
            if (Array.Exists(codec.ValueType.GetFields(), field => !field.FieldType.IsValueType))
                _textMask |= component.Bit;
        }
    }

    /// <summary>Bits of the components that clients get.</summary>
    public ulong Mask { get; }

    /// <summary>Forgets kept payloads of components that changed.</summary>
    public void Invalidate(int slot, ulong mask)
    {
        for (mask &= _textMask; mask != 0; mask &= mask - 1)
            _texts.Remove(Key(slot, BitOperations.TrailingZeroCount(mask)));
    }

    /// <summary>Forgets all kept payloads.</summary>
    public void InvalidateAll() => _texts.Clear();

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
            // A game's component that no datagram can carry: state is never fragmented (T-80).
            if (!_batch.TryAppend(id, kind, payload, _tick))
                _encoder?.Overflow();
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
            var start = _payload.Length;
            if (!TryWritePayload(entities, slot, index))
            {
                _payload.Truncate(start);
                continue;
            }

            _indexes[count] = index;
            _ends[count++] = _payload.Length;
            length += ReplicationBatchWriter.LengthOf(id, _codecs[index]!.Kind, _payload.Length - start, _tick);
        }

        return count;
    }

    private static int Key(int slot, int index) => (slot * 64) + index;

    private bool TryWritePayload(EntityTable entities, int slot, int index)
    {
        var isText = (_textMask >> index & 1) != 0;
        if (isText && _texts.TryGetValue(Key(slot, index), out var kept))
        {
            _payload.WriteBytes(kept);
            return true;
        }

        var started = _encoder is not null && _encoded++ % EncoderMetrics.SampleEvery == 0 ? Stopwatch.GetTimestamp() : 0;
        _value.Clear();
        entities.ColumnAt(index).Write(slot, _value);
        var reader = new ByteReader(_value.Written);
        var start = _payload.Length;
        var writer = new MessagePackWriter(_payload);
        var encoded = _codecs[index]!.TryTranscode(ref reader, ref writer);
        writer.Flush();
        if (started != 0)
            _encoder!.Encoded(_codecs[index]!.Kind, started, _payload.Length - start);
        if (encoded && isText)
            _texts[Key(slot, index)] = _payload.Written[start..].ToArray();
        return encoded;
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
