// An input that acts in this tick.
using Aetheris.Protocol.Commands;

namespace Aetheris.World;

/// <summary>An input taken from its ship's queue in the current step: systems act on its edge buttons once.</summary>
/// <param name="Slot">The ship.</param>
/// <param name="Input">As the pilot sent it.</param>
public readonly record struct AppliedInput(int Slot, ShipInput Input);
