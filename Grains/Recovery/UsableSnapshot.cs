// A snapshot and the world in it.
using Aetheris.Grains.Storage;
using Aetheris.World;

namespace Aetheris.Grains.Recovery;

/// <summary>A snapshot that was read whole.</summary>
/// <param name="Snapshot">The snapshot.</param>
/// <param name="World">Its world; a simulation uses it up.</param>
internal sealed record UsableSnapshot(RoomSnapshot Snapshot, RoomWorld World);
