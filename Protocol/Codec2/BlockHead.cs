// The head of a block inside a state datagram.
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// cell varint (7 bits per byte, lowest first, at most 3 bytes) | bases u8: low 5 bits age (0 absolute, 1–30, 31 escape), high 3 bits gap |
/// [after an escape: age u8, gap u8] | length varint | bytes. The first base is the datagram's tick − age, the second that − gap; gap 0 = no second base.
/// </summary>
public record struct BlockHead
{
    private const int Escape = 31;
    private const int ShortGap = 7;

    /// <summary>The cell.</summary>
    public ushort Cell;

    /// <summary>Ticks back to the base; 0 = absolute.</summary>
    public int Age;

    /// <summary>Ticks from the base back to the second one; 0 = none.</summary>
    public int Gap;

    /// <summary>Bytes of the block, at most <see cref="Codec2Limits.MaxBlock"/>.</summary>
    public int Length;

    /// <summary>Bytes that <see cref="Write"/> appends.</summary>
    public readonly int Size => VarintSize(Cell) + (IsShort ? 1 : 3) + VarintSize(Length);

    private readonly bool IsShort => Age < Escape && Gap <= ShortGap;

    /// <summary>Appends the head; the block's bytes follow.</summary>
    public readonly void Write(ByteWriter writer)
    {
        WriteVarint(writer, Cell);
        if (IsShort)
        {
            writer.WriteByte((byte)(Age | (Gap << 5)));
        }
        else
        {
            writer.WriteByte(Escape);
            writer.WriteByte((byte)Age);
            writer.WriteByte((byte)Gap);
        }

        WriteVarint(writer, Length);
    }

    /// <summary>Reads a head; false for anything malformed or out of bounds, also when fewer than <see cref="Length"/> bytes follow.</summary>
    public static bool TryRead(ref ByteReader reader, out BlockHead head)
    {
        head = default;
        if (!(TryReadVarint(ref reader, out var cell) && cell <= ushort.MaxValue && reader.TryReadByte(out var bases)))
            return false;
        head.Cell = (ushort)cell;
        head.Age = bases & Escape;
        head.Gap = bases >> 5;
        if (head.Age == Escape)
        {
            if (!(head.Gap == 0 && reader.TryReadByte(out var age) && reader.TryReadByte(out var gap)))
                return false;
            head.Age = age;
            head.Gap = gap;
            if (head.IsShort)
                return false;
        }

        if (!(TryReadVarint(ref reader, out var length) && length <= Codec2Limits.MaxBlock && length <= reader.Remaining))
            return false;
        head.Length = length;
        return head.Age <= Codec2Limits.MaxAge && head.Gap <= Codec2Limits.MaxGap && (head.Age != 0 || head.Gap == 0);
    }

    private static int VarintSize(int value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : 3;

    private static void WriteVarint(ByteWriter writer, int value)
    {
        for (; value >= 0x80; value >>= 7)
            writer.WriteByte((byte)(value | 0x80));
        writer.WriteByte((byte)value);
    }

    private static bool TryReadVarint(ref ByteReader reader, out int value)
    {
        value = 0;
        for (var shift = 0; shift < 21; shift += 7)
        {
            if (!reader.TryReadByte(out var b))
                return false;
            value |= (b & 0x7F) << shift;
            if (b < 0x80)
                return shift == 0 || b != 0;
        }

        return false;
    }
}
