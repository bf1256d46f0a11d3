// Keeps every member of a room on its torus. Source: WORLD_RULES §7.2, W-30, W-31; DESIGN §7.
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>The wrap arithmetic for every member on every tick; only a place whose bits differ counts as changed.</summary>
public sealed class RoomWrapSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "RoomWrap";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var transforms = world.Entities.Column(StandardComponents.Transform);
        var memberships = world.Entities.Column(StandardComponents.RoomMembership);
        var allBounds = world.Entities.Column(StandardComponents.RoomBounds);
        var member = StandardComponents.Transform.Bit | StandardComponents.RoomMembership.Bit;
        var room = 0UL;
        var roomSlot = -1;
        foreach (var slot in world.Entities.Slots)
        {
            if ((world.Entities.MaskOf(slot) & member) != member)
                continue;
            if (memberships[slot].Room != room)
            {
                room = memberships[slot].Room;
                world.Entities.TryGetSlot(new NetworkId(room), out roomSlot);
            }

            if (roomSlot < 0 || !allBounds.Has(roomSlot))
                continue;
            Transform transform = transforms[slot];
            ShipMotion.Wrap(ref transform, allBounds[roomSlot]);
            transforms.Set(slot, transform);
        }
    }
}
