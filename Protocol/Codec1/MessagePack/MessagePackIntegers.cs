// Integers of fewer than 64 bits, and ids.
namespace Aetheris.Protocol.Codec1.MessagePack;

/// <summary>Narrows <see cref="MessagePackReader.TryReadUInt64"/>: a value that does not fit is refused. Ids are refused inside a bin-form struct.</summary>
public static class MessagePackIntegers
{
    /// <inheritdoc cref="MessagePackReader.TryReadUInt64"/>
    public static bool TryReadUInt32(this scoped ref MessagePackReader reader, out uint value)
    {
        var read = reader.TryReadUInt64(out var wide) && wide <= uint.MaxValue;
        value = (uint)wide;
        return read;
    }

    /// <inheritdoc cref="MessagePackReader.TryReadUInt64"/>
    public static bool TryReadUInt16(this scoped ref MessagePackReader reader, out ushort value)
    {
        var read = reader.TryReadUInt64(out var wide) && wide <= ushort.MaxValue;
        value = (ushort)wide;
        return read;
    }

    /// <inheritdoc cref="MessagePackReader.TryReadUInt64"/>
    public static bool TryReadByte(this scoped ref MessagePackReader reader, out byte value)
    {
        var read = reader.TryReadUInt64(out var wide) && wide <= byte.MaxValue;
        value = (byte)wide;
        return read;
    }

    /// <summary>An id.</summary>
    public static bool TryReadId(this scoped ref MessagePackReader reader, out ulong value)
    {
        value = 0;
        return !reader.IsInBin && reader.TryReadUInt64(out value);
    }

    /// <summary>An id of 16 bits.</summary>
    public static bool TryReadId(this scoped ref MessagePackReader reader, out ushort value)
    {
        value = 0;
        return !reader.IsInBin && reader.TryReadUInt16(out value);
    }

    /// <summary>An id of 8 bits.</summary>
    public static bool TryReadId(this scoped ref MessagePackReader reader, out byte value)
    {
        value = 0;
        return !reader.IsInBin && reader.TryReadByte(out value);
    }
}
