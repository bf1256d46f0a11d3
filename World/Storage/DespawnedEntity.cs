// An entity that is gone since the last extraction.
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>A despawn.</summary>
/// <param name="Slot">The slot that it leaves.</param>
/// <param name="Id">The entity.</param>
public readonly record struct DespawnedEntity(ushort Slot, NetworkId Id);
