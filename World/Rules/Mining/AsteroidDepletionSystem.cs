// Removes asteroids without ore. Source: WORLD_RULES W-41, W-D11.
namespace Aetheris.World;

/// <summary>Every asteroid with 0 ore ends (<see cref="Mining.Deplete"/>), by id: one event each.</summary>
public sealed class AsteroidDepletionSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "AsteroidDepletion";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var asteroids = world.Entities.Column(StandardComponents.Asteroid);
        world.Buffers.Leaving.Clear();
        foreach (var slot in world.Entities.Slots)
        {
            if (!asteroids.Has(slot) || asteroids[slot].OreRemaining != 0)
                continue;
            Mining.Deplete(world, slot);
            world.Buffers.Leaving.Add(world.Entities.IdOf(slot));
        }

        world.DespawnAll(world.Buffers.Leaving);
    }
}
