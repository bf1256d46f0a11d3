// Writes canonical MessagePack: always the shortest form, floats as f32. Source: WIRE_FORMAT §2.
using System;
using System.Buffers.Binary;
using System.Text;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>
/// Writes into a fixed span, or into a <see cref="ByteWriter"/> that grows. A fixed span that is too small sets <see cref="Overflowed"/>
/// and nothing more is written; over a <see cref="ByteWriter"/> call <see cref="Flush"/> at the end.
/// </summary>
public ref struct MessagePackWriter
{
    private readonly ByteWriter? _sink;
    private Span<byte> _span;
    private int _position;
    private int _flushed;

    /// <summary>Writes into a fixed buffer.</summary>
    public MessagePackWriter(Span<byte> destination)
    {
        _sink = null;
        _span = destination;
        _position = 0;
        _flushed = 0;
        Overflowed = false;
    }

    /// <summary>Appends to a growing buffer.</summary>
    public MessagePackWriter(ByteWriter sink)
    {
        _sink = sink;
        _span = sink.GetSpan();
        _position = 0;
        _flushed = 0;
        Overflowed = false;
    }

    /// <summary>Bytes written by this writer.</summary>
    public readonly int Length => _flushed + _position;

    /// <summary>The fixed buffer was too small.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Commits to the growing buffer.</summary>
    public void Flush()
    {
        if (_sink is null)
            return;
        _sink.Advance(_position);
        _flushed += _position;
        _position = 0;
        _span = _sink.GetSpan();
    }

    /// <summary>Bytes that <see cref="WriteUInt"/> takes.</summary>
    public static int UIntLength(ulong value) =>
        value <= Marker.FixPosMax ? 1 : value <= byte.MaxValue ? 2 : value <= ushort.MaxValue ? 3 : value <= uint.MaxValue ? 5 : 9;

    /// <summary>Bytes that <see cref="WriteBytes"/> takes.</summary>
    public static int BytesLength(int count) => count + (count <= byte.MaxValue ? 2 : count <= ushort.MaxValue ? 3 : 5);

    /// <summary>Bytes that <see cref="WriteArrayHead"/> takes.</summary>
    public static int ArrayHeadLength(int count) => count < 16 ? 1 : count <= ushort.MaxValue ? 3 : 5;

    /// <summary>An unsigned integer of any declared width.</summary>
    public void WriteUInt(ulong value)
    {
        if (value <= Marker.FixPosMax)
            WriteMarker((byte)value);
        else if (value <= byte.MaxValue)
            WriteSized(Marker.UInt8, 1, value);
        else if (value <= ushort.MaxValue)
            WriteSized(Marker.UInt16, 2, value);
        else if (value <= uint.MaxValue)
            WriteSized(Marker.UInt32, 4, value);
        else
            WriteSized(Marker.UInt64, 8, value);
    }

    /// <summary>A float32, bits unchanged.</summary>
    public void WriteSingle(float value) => WriteSized(Marker.Single, 4, unchecked((uint)BitConverter.SingleToInt32Bits(value)));

    /// <summary>A boolean.</summary>
    public void WriteBoolean(bool value) => WriteMarker(value ? Marker.True : Marker.False);

    /// <summary>Nil, the absent option.</summary>
    public void WriteNil() => WriteMarker(Marker.Nil);

    /// <summary>A text.</summary>
    public void WriteText(ReadOnlySpan<byte> utf8)
    {
        WriteTextHead(utf8.Length);
        WriteRaw(utf8);
    }

    /// <summary>A text; lone surrogates become U+FFFD.</summary>
    public void WriteString(string? value)
    {
        var text = value ?? string.Empty;
        var count = Encoding.UTF8.GetByteCount(text);
        WriteTextHead(count);
        if (!TryReserve(count))
            return;
        Encoding.UTF8.GetBytes(text.AsSpan(), _span.Slice(_position));
        _position += count;
    }

    /// <summary>Raw bytes as bin.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue)
            WriteSized(Marker.Bin8, 1, (uint)value.Length);
        else if (value.Length <= ushort.MaxValue)
            WriteSized(Marker.Bin16, 2, (uint)value.Length);
        else
            WriteSized(Marker.Bin32, 4, (uint)value.Length);
        WriteRaw(value);
    }

    /// <summary>Head of an array, struct or tuple; the items follow.</summary>
    public void WriteArrayHead(int count)
    {
        if (count < 16)
            WriteMarker((byte)(Marker.FixArray | count));
        else if (count <= ushort.MaxValue)
            WriteSized(Marker.Array16, 2, (uint)count);
        else
            WriteSized(Marker.Array32, 4, (uint)count);
    }

    /// <summary>Head of a map; keys and values follow.</summary>
    public void WriteMapHead(int count)
    {
        if (count < 16)
            WriteMarker((byte)(Marker.FixMap | count));
        else if (count <= ushort.MaxValue)
            WriteSized(Marker.Map16, 2, (uint)count);
        else
            WriteSized(Marker.Map32, 4, (uint)count);
    }

    /// <summary>A unit variant: its bare name.</summary>
    public void WriteUnitVariant(EnumShape shape, int index) => WriteText(shape.NameOf(index));

    /// <summary>Head of a variant with a body; the body follows.</summary>
    public void WriteVariantHead(EnumShape shape, int index)
    {
        WriteMapHead(1);
        WriteText(shape.NameOf(index));
    }

    /// <summary>Bytes as they are, without a head.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        if (!TryReserve(bytes.Length))
            return;
        bytes.CopyTo(_span.Slice(_position));
        _position += bytes.Length;
    }

    private void WriteTextHead(int count)
    {
        if (count < 32)
            WriteMarker((byte)(Marker.FixStr | count));
        else if (count <= byte.MaxValue)
            WriteSized(Marker.Str8, 1, (uint)count);
        else if (count <= ushort.MaxValue)
            WriteSized(Marker.Str16, 2, (uint)count);
        else
            WriteSized(Marker.Str32, 4, (uint)count);
    }

    private void WriteMarker(byte marker)
    {
        if (TryReserve(1))
            _span[_position++] = marker;
    }

    private void WriteSized(byte marker, int size, ulong value)
    {
        if (!TryReserve(1 + size))
            return;
        _span[_position] = marker;
        var target = _span.Slice(_position + 1);
        switch (size)
        {
            case 1:
                target[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)value);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32BigEndian(target, (uint)value);
                break;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(target, value);
                break;
        }

        _position += 1 + size;
    }

    private bool TryReserve(int count)
    {
        if (_span.Length - _position >= count)
            return true;
        if (_sink is null)
        {
            Overflowed = true;
            _span = _span.Slice(0, _position);
            return false;
        }

        _sink.Advance(_position);
        _flushed += _position;
        _position = 0;
        _span = _sink.GetSpan(count);
        return true;
    }
}
