// What a value must do to be a component: compare by bits and travel in frames and snapshots.
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Components;

/// <summary>A component value. Implemented by structs so that calls through a generic constraint cost nothing.</summary>
/// <typeparam name="T">The implementing struct.</typeparam>
public interface IComponent<T>
    where T : struct
{
    /// <summary>Equality of bits: -0 differs from 0, a NaN equals itself. Decides whether a write is a change.</summary>
    bool BitsEqual(in T other);

    /// <summary>Appends the little-endian form used in frames and snapshots (not a client wire form).</summary>
    void Write(ByteWriter writer);

    /// <summary>Fills this value from the form of <see cref="Write"/>; false leaves it undefined.</summary>
    bool TryRead(ref ByteReader reader);
}
