// One line of an explanation.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>What happened to one entity for one client in one tick.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="Decision">What was decided about its cell.</param>
/// <param name="Cell">Its cell; −1 = none.</param>
/// <param name="Channel">Index of the channel.</param>
/// <param name="BaseAge">Ticks back to the base; 0 = absolute or not sent.</param>
/// <param name="BaseGap">Ticks from the base to the second one; 0 = none.</param>
/// <param name="Bytes">Bytes of the block, the entity's neighbours included.</param>
/// <param name="HeldAge">Age of the newest state that the client is known to hold, in ticks; −1 = none.</param>
/// <param name="Budget">Bytes left before the decision; negative = owed.</param>
public readonly record struct DecisionEntry(
    ulong Tick, Decision Decision, int Cell, int Channel, int BaseAge, int BaseGap, int Bytes, long HeldAge, int Budget);
