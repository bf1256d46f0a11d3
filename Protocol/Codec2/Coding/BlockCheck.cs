// The check over what a block says.
using System;

namespace Aetheris.Protocol.Codec2;

/// <summary>A hash over decoded integers, in the order of the block: h = (h xor word)·0x9E3779B1, then h xor= h &gt;&gt; 15, all in 32 bits. Not a secret: it finds disagreement, not forgery.</summary>
internal struct BlockCheck
{
    private const uint Prime = 0x9E3779B1;
    private uint _hash;

    internal BlockCheck(ulong tick)
    {
        _hash = 0;
        Mix((uint)tick);
    }

    /// <summary>16 bits of it.</summary>
    internal readonly ushort Value => unchecked((ushort)(_hash ^ (_hash >> 16)));

    internal void Mix(uint word)
    {
        var h = unchecked((_hash ^ word) * Prime);
        _hash = h ^ (h >> 15);
    }

    internal void Mix(in QuantizedMotion motion)
    {
        Mix((uint)motion.X | ((uint)motion.R << 20));
        Mix((uint)motion.Y | ((uint)(byte)motion.AX << 20) | (motion.Analogue ? 1u << 28 : 0));
        Mix((ushort)motion.VX | ((uint)(ushort)motion.VY << 16));
    }

    /// <summary>Which entity, and the rest of its motion.</summary>
    internal void Mix(ushort slot, byte generation, sbyte ay) => Mix(slot | ((uint)generation << 16) | ((uint)(byte)ay << 20));

    internal void Mix(int bit, ReadOnlySpan<byte> value)
    {
        Mix((uint)bit | ((uint)value.Length << 8));
        foreach (var b in value)
            Mix(b);
    }
}
