// CRC-32C (Castagnoli): the check over frames and the chain over applied inputs.
using System;
using System.Buffers.Binary;
#if NET
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace Aetheris.Protocol.Binary;

/// <summary>CRC-32C, reflected polynomial 0x82F63B78, initial value and final xor 0xFFFFFFFF (RFC 3720 §12.1).</summary>
public static class Crc32C
{
#if !NET
    private static readonly uint[] Table = BuildTable();
#endif

    /// <summary>The checksum of a span.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Takes the checksum off the end of data: u32, of everything before it.</summary>
    /// <param name="data">What was stored or received.</param>
    /// <param name="body">Everything before the checksum; empty on failure.</param>
    /// <returns>False when the data is too short or its checksum differs.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (data.Length < sizeof(uint))
            return false;
        var end = data.Length - sizeof(uint);
        if (BinaryPrimitives.ReadUInt32LittleEndian(data.Slice(end)) != Compute(data.Slice(0, end)))
            return false;
        body = data.Slice(0, end);
        return true;
    }

    /// <summary>Continues a checksum: <c>Append(Append(0, a), b)</c> equals <c>Compute(a ‖ b)</c>.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> data)
    {
        var crc = ~checksum;
#if NET
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(data));
            data = data[8..];
        }

        foreach (var b in data)
            crc = BitOperations.Crc32C(crc, b);
#else
        foreach (var b in data)
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
#endif
        return ~crc;
    }

#if !NET
    private static uint[] BuildTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ 0x82F63B78u : value >> 1;
            table[i] = value;
        }

        return table;
    }
#endif
}
