// One tick of an explanation.
namespace Aetheris.Gateway.Http;

/// <summary>What happened to the entity in one tick.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="Decision">absent, outOfInterest, unchanged, inFlight, sent, sentAbsolute, shed, full or tooLarge.</param>
/// <param name="Cell">Its cell; −1 = none.</param>
/// <param name="Channel">Name of the channel that the cell travels on for this client; null where it travels on none.</param>
/// <param name="BaseAge">Ticks back to the base; 0 = absolute or not sent.</param>
/// <param name="BaseGap">Ticks from the base to the second one; 0 = none.</param>
/// <param name="Bytes">Bytes of the block, the entity's neighbours included.</param>
/// <param name="HeldAge">Age of the newest state that the client is known to hold, ticks; −1 = none.</param>
/// <param name="Budget">Bytes left at the decision; negative = owed.</param>
public sealed record ExplainEntry(
    ulong Tick, string Decision, int Cell, string? Channel, int BaseAge, int BaseGap, int Bytes, long HeldAge, int Budget);
