// One entity in a change set or in the last frame that a replica took in.
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>What happened to one entity. Masks have one bit per component index of the definition.</summary>
/// <param name="Kind">Spawned, changed or despawned.</param>
/// <param name="Slot">Its slot; for a despawn the one it left.</param>
/// <param name="Generation">Generation of the slot; 0 for a despawn.</param>
/// <param name="Id">The entity.</param>
/// <param name="Mask">Components with a new value; for a spawn all of them, for a despawn none.</param>
/// <param name="Removed">Components that it lost.</param>
public readonly record struct EntityChange(EntityChangeKind Kind, ushort Slot, byte Generation, NetworkId Id, ulong Mask, ulong Removed);
