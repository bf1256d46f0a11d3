// Keeps rooms flat. Source: WORLD_RULES W-63.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>z of place and velocity beyond 1.19·10⁻⁷ becomes 0; the last of the standard systems.</summary>
public sealed class ZClampSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "ZClamp";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var transforms = world.Entities.Column(StandardComponents.Transform);
        var velocities = world.Entities.Column(StandardComponents.Velocity);
        foreach (var slot in world.Entities.Slots)
        {
            if (!transforms.Has(slot) || !velocities.Has(slot) || (transforms[slot].Z == 0 && velocities[slot].Z == 0))
                continue;
            Transform transform = transforms[slot];
            Velocity velocity = velocities[slot];
            ShipMotion.ClampZ(ref transform, ref velocity);
            transforms.Set(slot, transform);
            velocities.Set(slot, velocity);
        }
    }
}
