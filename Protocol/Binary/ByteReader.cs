// Reads what ByteWriter wrote. Every read is bounded and answers false at the end of the data: hostile bytes never throw.
using System;
using System.Buffers.Binary;
using System.Text;

namespace Aetheris.Protocol.Binary;

/// <summary>Bounded little-endian reader over a span.</summary>
public ref struct ByteReader
{
    private static readonly UTF8Encoding LenientUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly ReadOnlySpan<byte> _data;

    /// <summary>Reads from the start of a span.</summary>
    public ByteReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        Position = 0;
    }

    /// <summary>Bytes consumed.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>Reads one byte.</summary>
    public bool TryReadByte(out byte value)
    {
        if (Remaining < 1)
        {
            value = 0;
            return false;
        }

        value = _data[Position++];
        return true;
    }

    /// <summary>Reads 1 or 0; any other byte is refused.</summary>
    public bool TryReadBoolean(out bool value)
    {
        var read = TryReadByte(out var b) && b <= 1;
        value = read && b == 1;
        return read;
    }

    /// <summary>Reads 2 bytes.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        if (!TryReadBytes(2, out var bytes))
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return true;
    }

    /// <summary>Reads 4 bytes.</summary>
    public bool TryReadUInt32(out uint value)
    {
        if (!TryReadBytes(4, out var bytes))
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return true;
    }

    /// <summary>Reads 4 bytes.</summary>
    public bool TryReadInt32(out int value)
    {
        var read = TryReadUInt32(out var bits);
        value = unchecked((int)bits);
        return read;
    }

    /// <summary>Reads 8 bytes.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        if (!TryReadBytes(8, out var bytes))
        {
            value = 0;
            return false;
        }

        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return true;
    }

    /// <summary>Reads the bits of a float; any bits are accepted.</summary>
    public bool TryReadSingle(out float value)
    {
        var read = TryReadInt32(out var bits);
        value = BitConverter.Int32BitsToSingle(bits);
        return read;
    }

    /// <summary>Reads a u16 byte count and UTF-8; invalid sequences become U+FFFD.</summary>
    /// <param name="maxBytes">Longer texts are refused before anything is allocated.</param>
    /// <param name="value">The text, empty on failure.</param>
    public bool TryReadString(int maxBytes, out string value)
    {
        value = string.Empty;
        if (!TryReadUInt16(out var count) || count > maxBytes || !TryReadBytes(count, out var bytes))
            return false;
        value = LenientUtf8.GetString(bytes);
        return true;
    }

    /// <summary>Takes a slice of the data.</summary>
    public bool TryReadBytes(int count, out ReadOnlySpan<byte> value)
    {
        if (count < 0 || count > Remaining)
        {
            value = default;
            return false;
        }

        value = _data.Slice(Position, count);
        Position += count;
        return true;
    }
}
