// Fired shots appear. Source: WORLD_RULES W-48, W-D26; numbers in EntityTypes.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Spawns a projectile for every shot of this tick, at its shooter's place and along its course; it first moves and hits in the next tick. A full room swallows shots.</summary>
public sealed class ProjectileSpawnSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "ProjectileSpawn";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var velocities = world.Entities.Column(StandardComponents.Velocity);
        var markers = world.Entities.Column(StandardComponents.ProjectileMarker);
        foreach (var shot in world.Buffers.Shots)
        {
            var slot = EntitySpawner.Spawn(world, EntityTypes.Projectile, shot.X, shot.Y, SoftMath.Atan2(shot.VelocityY, shot.VelocityX));
            if (slot < 0)
                break;
            velocities.Set(slot, new Velocity { X = shot.VelocityX, Y = shot.VelocityY });
            markers.Set(slot, markers[slot] with { Owner = shot.Owner });
        }

        world.Buffers.Shots.Clear();
    }
}
