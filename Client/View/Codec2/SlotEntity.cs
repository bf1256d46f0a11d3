// What a client knows of the entity in one of the room's slots.
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.View.Codec2;

/// <summary>One place of <see cref="SlotTable"/>.</summary>
internal struct SlotEntity
{
    /// <summary>The entity; none = empty.</summary>
    public NetworkId Id;

    /// <summary>Newest tick of a block that held it.</summary>
    public ulong Seen;

    /// <summary>Bits of its components.</summary>
    public ulong Mask;

    /// <summary>Its place in the view while the view holds it there.</summary>
    public int ViewSlot;

    /// <summary>The cell of which it is a member, −1 = it has left the last one.</summary>
    public int Cell;

    /// <summary>Generation of the slot.</summary>
    public byte Generation;
}
