// Entities in a room are seen by its members only (CONTROL_PLANE, room filter).
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Compares the room membership of an entity with that of the viewer's ship. What belongs to no room is seen by all; a viewer without a ship sees every room.</summary>
public sealed class RoomInterestFilter : IInterestFilter
{
    /// <inheritdoc />
    public ulong Watches => StandardComponents.RoomMembership.Bit;

    /// <inheritdoc />
    public ulong KeyOf(RoomReplica replica, int slot)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return replica.Entities.Column(StandardComponents.RoomMembership)[slot].Room;
    }

    /// <inheritdoc />
    public bool CanSee(in Viewer viewer, ulong key)
    {
        if (key == 0 || viewer.Ship < 0)
            return true;
        var membership = viewer.Replica.Entities.Column(StandardComponents.RoomMembership);
        return !membership.Has(viewer.Ship) || membership[viewer.Ship].Room == key;
    }
}
