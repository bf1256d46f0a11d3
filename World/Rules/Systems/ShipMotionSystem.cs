// Moves every body. Source: WORLD_RULES §7.1; numbers in EntityTypes.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Steps a–k for everything with place, velocity and body; the held input's move, scaled to the unit disc, is its thrust.</summary>
public sealed class ShipMotionSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "ShipMotion";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var transforms = world.Entities.Column(StandardComponents.Transform);
        var velocities = world.Entities.Column(StandardComponents.Velocity);
        var bodies = world.Entities.Column(StandardComponents.PhysicsBody);
        var pilots = world.Entities.Column(StandardComponents.PilotInput);
        var holds = world.Entities.Column(StandardComponents.CargoHold);
        var moved = StandardComponents.Transform.Bit | StandardComponents.Velocity.Bit | StandardComponents.PhysicsBody.Bit;
        foreach (var slot in world.Entities.Slots)
        {
            if ((world.Entities.MaskOf(slot) & moved) != moved)
                continue;
            float moveX = pilots[slot].Held.MoveX, moveY = pilots[slot].Held.MoveY;
            ShipMotion.ScaleToUnitDisc(ref moveX, ref moveY);
            Transform transform = transforms[slot];
            Velocity velocity = velocities[slot];
            ShipMotion.Step(ref transform, ref velocity, bodies[slot], moveX, moveY, holds[slot].OreCount, world.DeltaTime);
            transforms.Set(slot, transform);
            velocities.Set(slot, velocity);
        }
    }
}
