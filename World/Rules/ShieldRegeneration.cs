// How far a shield is from its next point. Server only. Source: DESIGN §7.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Timer and remainder of shield regeneration.</summary>
public struct ShieldRegeneration : IComponent<ShieldRegeneration>
{
    /// <summary>Ticks until it starts again after damage.</summary>
    public ushort DelayTicks;

    /// <summary>Sixtieths of a point gathered.</summary>
    public ushort Sixtieths;

    /// <inheritdoc />
    public readonly bool BitsEqual(in ShieldRegeneration other) => DelayTicks == other.DelayTicks && Sixtieths == other.Sixtieths;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteUInt16(DelayTicks);
        writer.WriteUInt16(Sixtieths);
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader) => reader.TryReadUInt16(out DelayTicks) && reader.TryReadUInt16(out Sixtieths);
}
