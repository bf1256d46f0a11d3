// Brings asteroids back. Source: WORLD_RULES W-42, W-D27; numbers in Mining.
namespace Aetheris.World;

/// <summary>300 ticks after its end an asteroid is back near its old place with all its ore, 500 structure points and a new id. No event.</summary>
public sealed class AsteroidRespawnSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "AsteroidRespawn";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world) => world.Resource(StandardResources.AsteroidRespawns).Step(world);
}
