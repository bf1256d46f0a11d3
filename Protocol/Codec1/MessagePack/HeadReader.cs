// Reads the heads of MessagePack values: a marker, and the number or length that follows it.
using System;
using System.Buffers.Binary;

namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>
/// A cursor over one message that knows markers and nothing of nesting. Every read answers false for anything the original refuses and
/// for a length that the message is too short for; the reader is then spent.
/// </summary>
internal ref struct HeadReader
{
    private readonly ReadOnlySpan<byte> _data;

    /// <summary>Reads from the start of a message.</summary>
    public HeadReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        Position = 0;
    }

    /// <summary>Bytes consumed; may be set to any place in the message.</summary>
    public int Position { get; set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>What has not been consumed.</summary>
    public readonly ReadOnlySpan<byte> Rest => _data.Slice(Position);

    /// <summary>Whether a certain marker comes next.</summary>
    public readonly bool IsNext(byte marker) => Remaining > 0 && _data[Position] == marker;

    /// <summary>One byte, whatever it is: the marker of the next value.</summary>
    public bool TryReadMarker(out byte marker)
    {
        if (Remaining < 1)
        {
            marker = 0;
            return false;
        }

        marker = _data[Position++];
        return true;
    }

    /// <summary>So many bytes of the message.</summary>
    public bool TryTake(int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if ((uint)count > (uint)Remaining)
            return false;
        bytes = _data.Slice(Position, count);
        Position += count;
        return true;
    }

    /// <summary>A number of any integer marker.</summary>
    /// <param name="value">The number, or the two's complement of a negative one.</param>
    /// <param name="negative">Whether it is negative.</param>
    public bool TryReadInteger(out ulong value, out bool negative)
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

    /// <summary>A number of an unsigned marker.</summary>
    public bool TryReadIndex(byte marker, out ulong value)
    {
        value = marker;
        return marker <= Marker.FixPosMax
            || (marker is >= Marker.UInt8 and <= Marker.UInt64 && TryReadBigEndian(1 << (marker - Marker.UInt8), out value));
    }

    /// <summary>f32, f64 or any integer, to the nearest float32.</summary>
    public bool TryReadSingle(out float value)
    {
        value = 0f;
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

    /// <summary>Number of items of an array.</summary>
    public bool TryReadArrayLength(byte marker, out uint count) => TryReadCount(marker, Marker.FixArray, Marker.Array16, out count);

    /// <summary>Number of entries of a map.</summary>
    public bool TryReadMapLength(byte marker, out uint count) => TryReadCount(marker, Marker.FixMap, Marker.Map16, out count);

    /// <summary>Bytes of a bin.</summary>
    public bool TryReadBinLength(byte marker, out int length, out bool isBin)
    {
        length = 0;
        isBin = marker is >= Marker.Bin8 and <= Marker.Bin32;
        if (!isBin || !TryReadBigEndian(1 << (marker - Marker.Bin8), out var wide) || wide > (ulong)Remaining)
            return false;
        length = (int)wide;
        return true;
    }

    /// <summary>Content of a str or bin.</summary>
    public bool TryReadRaw(byte marker, out ReadOnlySpan<byte> content)
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
    public bool TryReadExtLength(byte marker, out int length)
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

    private bool TryReadCount(byte marker, byte fix, byte wide16, out uint count)
    {
        count = (uint)(marker & 0x0F);
        if ((marker & 0xF0) == fix)
            return true;
        ulong wide = 0;
        var read = (marker == wide16 || marker == wide16 + 1) && TryReadBigEndian(2 << (marker - wide16), out wide);
        count = (uint)wide;
        return read;
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
}
