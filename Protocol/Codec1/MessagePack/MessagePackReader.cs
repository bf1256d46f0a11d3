// Reads MessagePack exactly as leniently as the original's decoder does. Never throws, never trusts a declared length.
using System;
using System.Buffers.Binary;
using System.Text;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>
/// A cursor over one message. Every read answers false for anything the original refuses (WIRE_FORMAT §6); the reader is then spent.
/// Spans it returns point into the message.
/// </summary>
public ref struct MessagePackReader
{
    /// <summary>Most arrays, maps and ext values open at once; one more is refused.</summary>
    public const int MaxDepth = 1023;

    private readonly ReadOnlySpan<byte> _data;
    private int _depth;
    private int _binEnd;
    private bool _inBin;

    /// <summary>Reads from the start of a message.</summary>
    public MessagePackReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        Position = 0;
        _depth = 0;
        _binEnd = 0;
        _inBin = false;
    }

    /// <summary>Bytes consumed.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>What has not been consumed.</summary>
    public readonly ReadOnlySpan<byte> Rest => _data.Slice(Position);

    /// <summary>Any integer marker whose value fits; in a bin-form struct one raw byte.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        if (_inBin)
            return TryReadBinItem(out value);
        if (!TryReadInteger(out value, out var negative))
            return false;
        return !negative;
    }

    /// <inheritdoc cref="TryReadUInt64"/>
    public bool TryReadUInt32(out uint value)
    {
        var read = TryReadUInt64(out var wide) && wide <= uint.MaxValue;
        value = (uint)wide;
        return read;
    }

    /// <inheritdoc cref="TryReadUInt64"/>
    public bool TryReadUInt16(out ushort value)
    {
        var read = TryReadUInt64(out var wide) && wide <= ushort.MaxValue;
        value = (ushort)wide;
        return read;
    }

    /// <inheritdoc cref="TryReadUInt64"/>
    public bool TryReadByte(out byte value)
    {
        var read = TryReadUInt64(out var wide) && wide <= byte.MaxValue;
        value = (byte)wide;
        return read;
    }

    /// <summary>An id: as <see cref="TryReadUInt64"/>, but refused inside a bin-form struct.</summary>
    public bool TryReadId(out ulong value)
    {
        value = 0;
        return !_inBin && TryReadUInt64(out value);
    }

    /// <summary>An id of 16 bits: as <see cref="TryReadUInt16"/>, but refused inside a bin-form struct.</summary>
    public bool TryReadId(out ushort value)
    {
        value = 0;
        return !_inBin && TryReadUInt16(out value);
    }

    /// <summary>An id of 8 bits: as <see cref="TryReadByte"/>, but refused inside a bin-form struct.</summary>
    public bool TryReadId(out byte value)
    {
        value = 0;
        return !_inBin && TryReadByte(out value);
    }

    /// <summary>Nil or an integer.</summary>
    public bool TryReadOptionalUInt64(out bool hasValue, out ulong value)
    {
        value = 0;
        hasValue = false;
        if (_inBin || Remaining < 1)
            return false;
        if (_data[Position] == Marker.Nil)
        {
            Position++;
            return true;
        }

        hasValue = true;
        return TryReadUInt64(out value);
    }

    /// <summary>f32, f64 or any integer, to the nearest float32; in a bin-form struct one raw byte.</summary>
    public bool TryReadSingle(out float value)
    {
        value = 0f;
        if (_inBin)
        {
            if (!TryReadBinItem(out var item))
                return false;
            value = item;
            return true;
        }

        if (Remaining < 1)
            return false;
        switch (_data[Position])
        {
            case Marker.Single:
                Position++;
                if (!TryTake(4, out var single))
                    return false;
                value = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32BigEndian(single));
                return true;
            case Marker.Double:
                Position++;
                if (!TryTake(8, out var wide))
                    return false;
                value = SingleConversion.FromDouble(BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64BigEndian(wide)));
                return true;
            default:
                if (!TryReadInteger(out var integer, out var negative))
                    return false;
                value = negative ? SingleConversion.FromInt64(unchecked((long)integer)) : SingleConversion.FromUInt64(integer);
                return true;
        }
    }

    /// <summary>A fixed array of floats: an array of exactly that length, or a bin of at least that many bytes.</summary>
    public bool TryReadSingles(scoped Span<float> values)
    {
        if (_inBin || !TryReadMarker(out var marker))
            return false;
        if (TryReadBinLength(marker, out var length, out var isBin))
        {
            if (!TryTake(length, out var items) || items.Length < values.Length)
                return false;
            for (var i = 0; i < values.Length; i++)
                values[i] = items[i];
            return true;
        }

        if (isBin || !TryReadArrayLength(marker, out var count) || count != (uint)values.Length || !TryEnter())
            return false;
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryReadSingle(out values[i]))
                return false;
        }

        Leave();
        return true;
    }

    /// <summary>True or false.</summary>
    public bool TryReadBoolean(out bool value)
    {
        value = false;
        if (_inBin || !TryReadMarker(out var marker))
            return false;
        value = marker == Marker.True;
        return marker is Marker.True or Marker.False;
    }

    /// <summary>Nil.</summary>
    public bool TryReadNil() => !_inBin && TryReadMarker(out var marker) && marker == Marker.Nil;

    /// <summary>A text as str or bin; its bytes are valid UTF-8.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> utf8)
    {
        utf8 = default;
        return !_inBin && TryReadMarker(out var marker) && TryReadRaw(marker, out utf8) && Utf8Text.IsValid(utf8);
    }

    /// <summary>A text as a string.</summary>
    /// <param name="maxBytes">A longer one is refused before anything is allocated.</param>
    /// <param name="value">The text, empty on failure.</param>
    public bool TryReadString(int maxBytes, out string value)
    {
        value = string.Empty;
        if (!TryReadText(out var utf8) || utf8.Length > maxBytes)
            return false;
        value = Encoding.UTF8.GetString(utf8);
        return true;
    }

    /// <summary>Bytes as bin, str or an array of integers 0–255. Only the array form allocates, and never more than the message is long.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_inBin || !TryReadMarker(out var marker))
            return false;
        if (TryReadRaw(marker, out value))
            return true;
        if (!TryReadArrayLength(marker, out var count) || count > (uint)Remaining || !TryEnter())
            return false;
        var start = Position;
        for (var i = 0u; i < count; i++)
        {
            if (!TryReadByte(out _))
                return false;
        }

        Position = start;
        var bytes = new byte[count];
        for (var i = 0; i < bytes.Length; i++)
            TryReadByte(out bytes[i]);
        Leave();
        value = bytes;
        return true;
    }

    /// <summary>Opens a sequence: an array, or an empty bin. Its items follow, then <see cref="EndSequence"/>.</summary>
    public bool TryBeginSequence(out uint count)
    {
        count = 0;
        if (_inBin || !TryReadMarker(out var marker))
            return false;
        if (TryReadBinLength(marker, out var length, out var isBin))
            return length == 0 && TryEnter();
        return !isBin && TryReadArrayLength(marker, out count) && TryEnter();
    }

    /// <summary>Opens a fixed array of anything but plain numbers: an array of exactly that length. Then <see cref="EndSequence"/>.</summary>
    public bool TryBeginArray(int length) =>
        !_inBin && TryReadMarker(out var marker) && TryReadArrayLength(marker, out var count) && count == (uint)length && TryEnter();

    /// <summary>Closes a sequence.</summary>
    public void EndSequence() => Leave();

    /// <summary>Opens a map; its keys and values follow, then <see cref="EndSequence"/>.</summary>
    public bool TryBeginMap(out uint count)
    {
        count = 0;
        return !_inBin && TryReadMarker(out var marker) && TryReadMapLength(marker, out count) && TryEnter();
    }

    /// <summary>Opens a struct in array, map or bin form.</summary>
    public bool TryBeginStruct(StructShape shape, out StructReader fields)
    {
        fields = default;
        if (_inBin || !TryReadMarker(out var marker))
            return false;
        if (TryReadArrayLength(marker, out var count))
        {
            fields = new StructReader(shape, isMap: false, isBin: false, count);
            return count == (uint)shape.Count && TryEnter();
        }

        if (TryReadMapLength(marker, out count))
        {
            fields = new StructReader(shape, isMap: true, isBin: false, count);
            return TryEnter();
        }

        if (!TryReadBinLength(marker, out var length, out _) || (uint)length > (uint)Remaining)
            return false;
        fields = new StructReader(shape, isMap: false, isBin: true, 0);
        _inBin = true;
        _binEnd = Position + length;
        return true;
    }

    /// <summary>Reads which variant of an enum comes: a bare identifier, or a one-entry map whose body follows (no level of nesting).</summary>
    /// <param name="shape">The enum.</param>
    /// <param name="index">The variant.</param>
    /// <param name="hasBody">Map form: the body is the next value, nil for a unit variant.</param>
    public bool TryReadVariant(EnumShape shape, out int index, out bool hasBody)
    {
        index = -1;
        hasBody = false;
        if (_inBin || !TryReadMarker(out var marker))
            return false;
        if (TryReadMapLength(marker, out var entries))
        {
            hasBody = true;
            if (entries != 1 || !TryReadMarker(out marker))
                return false;
        }

        if (TryReadRaw(marker, out var name))
            index = shape.IndexOf(name);
        else if (TryReadIndex(marker, out var number) && number < (ulong)shape.Count)
            index = (int)number;
        return index >= 0;
    }

    /// <summary>Reads an enum that has only unit variants.</summary>
    public bool TryReadUnitVariant(EnumShape shape, out int index) =>
        TryReadVariant(shape, out index, out var hasBody) && (!hasBody || TryReadNil());

    /// <summary>Skips one well-formed value of any type.</summary>
    public bool TrySkip()
    {
        if (!TryReadMarker(out var marker))
            return false;
        if (marker is <= Marker.FixPosMax or >= Marker.FixNeg or Marker.Nil or Marker.True or Marker.False)
            return true;
        if (TryReadRaw(marker, out _))
            return true;
        if (TryReadArrayLength(marker, out var count))
            return TrySkipItems(count);
        if (TryReadMapLength(marker, out count))
            return TrySkipItems(2UL * count);
        return marker switch
        {
            Marker.UInt8 or Marker.Int8 => TryTake(1, out _),
            Marker.UInt16 or Marker.Int16 => TryTake(2, out _),
            Marker.UInt32 or Marker.Int32 or Marker.Single => TryTake(4, out _),
            Marker.UInt64 or Marker.Int64 or Marker.Double => TryTake(8, out _),
            _ => TryReadExtLength(marker, out var length) && TryEnter() && TryTake(length, out _) && TryLeave(),
        };
    }

    /// <summary>Reads a map key of a struct: −1 for an unknown one. Only str, bin and unsigned markers are keys.</summary>
    internal bool TryReadKey(StructShape shape, out int field)
    {
        field = -1;
        if (!TryReadMarker(out var marker))
            return false;
        if (TryReadRaw(marker, out var name))
        {
            field = shape.IndexOf(name);
            return true;
        }

        if (!TryReadIndex(marker, out var number))
            return false;
        if (number < (ulong)shape.Count)
            field = (int)number;
        return true;
    }

    /// <summary>Closes the bin form of a struct; what is left of it is ignored.</summary>
    internal void EndBin()
    {
        Position = _binEnd;
        _inBin = false;
    }

    /// <summary>Closes an array, map or ext value.</summary>
    internal void Leave() => _depth--;

    private bool TryLeave()
    {
        _depth--;
        return true;
    }

    private bool TryEnter() => ++_depth <= MaxDepth;

    private bool TrySkipItems(ulong count)
    {
        if (!TryEnter())
            return false;
        for (; count > 0; count--)
        {
            if (!TrySkip())
                return false;
        }

        Leave();
        return true;
    }

    private bool TryReadMarker(out byte marker)
    {
        if (Remaining < 1)
        {
            marker = 0;
            return false;
        }

        marker = _data[Position++];
        return true;
    }

    private bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if ((uint)count > (uint)Remaining)
            return false;
        bytes = _data.Slice(Position, count);
        Position += count;
        return true;
    }

    private bool TryReadBinItem(out ulong value)
    {
        value = 0;
        if (Position >= _binEnd)
            return false;
        value = _data[Position++];
        return true;
    }

    /// <summary>Big-endian unsigned integer of 1, 2, 4 or 8 bytes.</summary>
    private bool TryReadBigEndian(int size, out ulong value)
    {
        value = 0;
        if (!TryTake(size, out var bytes))
            return false;
        value = size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
        return true;
    }

    private bool TryReadInteger(out ulong value, out bool negative)
    {
        value = 0;
        negative = false;
        if (!TryReadMarker(out var marker))
            return false;
        if (TryReadIndex(marker, out value))
            return true;
        if (marker >= Marker.FixNeg)
        {
            value = unchecked((ulong)(sbyte)marker);
        }
        else if (marker is < Marker.Int8 or > Marker.Int64 || !TryReadBigEndian(1 << (marker - Marker.Int8), out value))
        {
            return false;
        }
        else
        {
            value = marker switch
            {
                Marker.Int8 => unchecked((ulong)(sbyte)value),
                Marker.Int16 => unchecked((ulong)(short)value),
                Marker.Int32 => unchecked((ulong)(int)value),
                _ => value,
            };
        }

        negative = unchecked((long)value) < 0;
        return true;
    }

    private bool TryReadIndex(byte marker, out ulong value)
    {
        value = marker;
        return marker <= Marker.FixPosMax
            || (marker is >= Marker.UInt8 and <= Marker.UInt64 && TryReadBigEndian(1 << (marker - Marker.UInt8), out value));
    }

    private bool TryReadArrayLength(byte marker, out uint count)
    {
        count = (uint)(marker & 0x0F);
        if ((marker & 0xF0) == Marker.FixArray)
            return true;
        ulong wide = 0;
        var read = marker is Marker.Array16 or Marker.Array32 && TryReadBigEndian(marker == Marker.Array16 ? 2 : 4, out wide);
        count = (uint)wide;
        return read;
    }

    private bool TryReadMapLength(byte marker, out uint count)
    {
        count = (uint)(marker & 0x0F);
        if ((marker & 0xF0) == Marker.FixMap)
            return true;
        ulong wide = 0;
        var read = marker is Marker.Map16 or Marker.Map32 && TryReadBigEndian(marker == Marker.Map16 ? 2 : 4, out wide);
        count = (uint)wide;
        return read;
    }

    private bool TryReadBinLength(byte marker, out int length, out bool isBin)
    {
        length = 0;
        isBin = marker is >= Marker.Bin8 and <= Marker.Bin32;
        if (!isBin || !TryReadBigEndian(1 << (marker - Marker.Bin8), out var wide) || wide > (ulong)Remaining)
            return false;
        length = (int)wide;
        return true;
    }

    /// <summary>Content of a str or bin.</summary>
    private bool TryReadRaw(byte marker, out ReadOnlySpan<byte> content)
    {
        content = default;
        if ((marker & 0xE0) == Marker.FixStr)
            return TryTake(marker & 0x1F, out content);
        if (TryReadBinLength(marker, out var length, out var isBin))
            return TryTake(length, out content);
        return !isBin && marker is >= Marker.Str8 and <= Marker.Str32
            && TryReadBigEndian(1 << (marker - Marker.Str8), out var wide)
            && wide <= (ulong)Remaining
            && TryTake((int)wide, out content);
    }

    /// <summary>Length of an ext value with its type byte.</summary>
    private bool TryReadExtLength(byte marker, out int length)
    {
        length = 0;
        ulong wide;
        if (marker is >= Marker.FixExt1 and <= Marker.FixExt16)
            wide = 1UL << (marker - Marker.FixExt1);
        else if (marker is not (>= Marker.Ext8 and <= Marker.Ext32) || !TryReadBigEndian(1 << (marker - Marker.Ext8), out wide))
            return false;
        if (wide >= (ulong)Remaining)
            return false;
        length = (int)wide + 1;
        return true;
    }
}
