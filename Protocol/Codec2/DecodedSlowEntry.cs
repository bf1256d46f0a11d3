// One thing that a decoded block says about an entity besides its motion.
namespace Aetheris.Protocol.Codec2;

/// <summary>An entry of <see cref="DecodedSlow"/>.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Slot">Slot of the entity.</param>
/// <param name="Generation">Generation of the slot.</param>
/// <param name="Type">Type of the entity.</param>
/// <param name="Id">Entered: the network id; otherwise 0.</param>
/// <param name="Mask">Entered: bits of all components, those of place and velocity included; otherwise 0.</param>
/// <param name="Bit">Value, Removed: the component.</param>
/// <param name="Offset">Value: start of the bytes.</param>
/// <param name="Length">Value: their number.</param>
public readonly record struct DecodedSlowEntry(
    DecodedSlowKind Kind, ushort Slot, byte Generation, ushort Type, ulong Id, ulong Mask, int Bit, int Offset, int Length);
