// SipHash-1-3 with a zero key: the hash of the golden file. Source: WORLD_RULES §11.
using System;
using System.Buffers.Binary;

namespace Aetheris.World;

/// <summary>SipHash with one compression and three finalisation rounds, key (0, 0), 64-bit result.</summary>
public static class SipHash13
{
    /// <summary>Hashes a span.</summary>
    public static ulong Compute(ReadOnlySpan<byte> data)
    {
        var v0 = 0x736f6d6570736575UL;
        var v1 = 0x646f72616e646f6dUL;
        var v2 = 0x6c7967656e657261UL;
        var v3 = 0x7465646279746573UL;
        var last = (ulong)(data.Length & 0xFF) << 56;
        while (data.Length >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(data);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
            data = data.Slice(8);
        }

        for (var i = 0; i < data.Length; i++)
            last |= (ulong)data[i] << (8 * i);
        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xFF;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        unchecked
        {
            v0 += v1;
            v1 = RotateLeft(v1, 13) ^ v0;
            v0 = RotateLeft(v0, 32);
            v2 += v3;
            v3 = RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = RotateLeft(v1, 17) ^ v2;
            v2 = RotateLeft(v2, 32);
        }
    }

    private static ulong RotateLeft(ulong value, int count) => (value << count) | (value >> (64 - count));
}
