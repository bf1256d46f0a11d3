// One rule about who may see what.
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// A rule of visibility besides distance. Cells are encoded once for everybody, so a filter divides entities by a key: entities with
/// different keys never share a cell, and whether a viewer gets a cell is asked once per cell and not per entity. All filters of a room
/// must agree (visible = near ∧ room ∧ ownership ∧ the game's own; CONTROL_PLANE, interest pipeline).
/// </summary>
public interface IInterestFilter
{
    /// <summary>Components whose change may change an entity's key, one bit per component index of the definition.</summary>
    ulong Watches { get; }

    /// <summary>The key of an entity; few different ones, because each makes cells of its own.</summary>
    ulong KeyOf(RoomReplica replica, int slot);

    /// <summary>Whether a viewer may see the entities with a key. Asked again at least every 16 ticks and after any change of the viewer's ship.</summary>
    bool CanSee(in Viewer viewer, ulong key);
}
