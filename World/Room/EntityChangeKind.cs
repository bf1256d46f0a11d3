// What can happen to an entity in a frame.
namespace Aetheris.World;

/// <summary>What happened to an entity.</summary>
public enum EntityChangeKind : byte
{
    /// <summary>Values changed.</summary>
    Changed = 0,

    /// <summary>It is new.</summary>
    Spawned = 1,

    /// <summary>It is gone.</summary>
    Despawned = 2,
}
