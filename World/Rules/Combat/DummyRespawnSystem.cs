// Brings training dummies back. Source: WORLD_RULES W-57, W-D18; numbers in Combat.
namespace Aetheris.World;

/// <summary>599 ticks after its death (600 with that one) a dummy is back at its origin with a new id. No event.</summary>
public sealed class DummyRespawnSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "DummyRespawn";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world) => world.Resource(StandardResources.DummyRespawns).Step(world);
}
