// What the encoder asks about everything that is not motion.
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec2;

/// <summary>Component values of a room at the tick that is being encoded. Bits are those of the <see cref="Codec2Schema"/>.</summary>
public interface ISlowState
{
    /// <summary>Bits of the components that were written, added or removed after a tick; a removed one is not in <see cref="MaskOf"/>.</summary>
    ulong ChangedSince(int slot, ulong tick);

    /// <summary>Bits of the components that the entity has.</summary>
    ulong MaskOf(int slot);

    /// <summary>Appends a component's value in its frame form.</summary>
    void Write(int slot, int bit, ByteWriter writer);

    /// <summary>Network id of the entity.</summary>
    ulong IdOf(int slot);

    /// <summary>Whether the slot still holds the entity of that generation: says of a member that left whether it moved or is gone.</summary>
    bool IsAlive(int slot, byte generation);
}
