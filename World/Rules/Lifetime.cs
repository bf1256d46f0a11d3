// How long an entity stays before it goes by itself. Server only. Source: DESIGN §7.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Ticks that a cargo drop has left.</summary>
public struct Lifetime : IComponent<Lifetime>
{
    /// <summary>Ticks left.</summary>
    public uint TicksLeft;

    /// <inheritdoc />
    public readonly bool BitsEqual(in Lifetime other) => TicksLeft == other.TicksLeft;

    /// <inheritdoc />
    public readonly void Write(ByteWriter writer) => writer.WriteUInt32(TicksLeft);

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader) => reader.TryReadUInt32(out TicksLeft);
}
