// A growable little-endian buffer that is filled, read once and reused: the one writer behind frames, commands, snapshots and link messages.
using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aetheris.Protocol.Binary;

/// <summary>Appends little-endian values. Grows by doubling and never shrinks, so that steady use allocates nothing. Not thread-safe.</summary>
public sealed class ByteWriter : IBufferWriter<byte>
{
    private byte[] _buffer;

    /// <summary>Creates a writer.</summary>
    /// <param name="initialCapacity">Bytes reserved at once.</param>
    public ByteWriter(int initialCapacity = 256) => _buffer = new byte[Math.Max(16, initialCapacity)];

    /// <summary>Bytes written since the last <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    /// <summary>What has been written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>What has been written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    /// <summary>Forgets the content and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets everything after a position.</summary>
    /// <param name="length">0 … <see cref="Length"/>.</param>
    public void Truncate(int length) => Length = length >= 0 && length <= Length ? length : throw new ArgumentOutOfRangeException(nameof(length));

    /// <summary>Appends one byte.</summary>
    public void WriteByte(byte value)
    {
        Ensure(1);
        _buffer[Length++] = value;
    }

    /// <summary>Appends 1 or 0.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Appends 2 bytes.</summary>
    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    /// <summary>Appends 4 bytes.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    /// <summary>Appends 4 bytes.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    /// <summary>Appends 8 bytes.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Appends the 4 bytes of a float, bits unchanged.</summary>
    public void WriteSingle(float value) => WriteInt32(BitConverter.SingleToInt32Bits(value));

    /// <summary>Appends raw bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Appends a u16 byte count and UTF-8.</summary>
    /// <exception cref="ArgumentException">The text is longer than 65,535 bytes.</exception>
    public void WriteString(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        if (count > ushort.MaxValue)
            throw new ArgumentException("text longer than 65,535 bytes", nameof(value));
        WriteUInt16((ushort)count);
        Encoding.UTF8.GetBytes(value.AsSpan(), Take(count));
    }

    /// <summary>Overwrites 2 bytes written earlier.</summary>
    public void PatchUInt16(int position, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(position, 2), value);

    /// <summary>Overwrites 4 bytes written earlier.</summary>
    public void PatchUInt32(int position, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(position, 4), value);

    /// <summary>Bytes written earlier, to be changed in place; valid until the next write.</summary>
    public Span<byte> WrittenSpan(int position, int count) => _buffer.AsSpan(0, Length).Slice(position, count);

    /// <inheritdoc />
    public void Advance(int count)
    {
        if (count < 0 || count > _buffer.Length - Length)
            throw new ArgumentOutOfRangeException(nameof(count));
        Length += count;
    }

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(1, sizeHint));
        return _buffer.AsMemory(Length);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(1, sizeHint));
        return _buffer.AsSpan(Length);
    }

    private Span<byte> Take(int count)
    {
        Ensure(count);
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }

    private void Ensure(int count)
    {
        if (count > _buffer.Length - Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(Length + count)));
    }
}
