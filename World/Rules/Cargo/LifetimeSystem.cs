// Drops go by themselves. Source: DESIGN §7, W-D16; numbers in EntityTypes.
namespace Aetheris.World;

/// <summary>What has a <see cref="Lifetime"/> stays for that many ticks, the one of its spawn included.</summary>
public sealed class LifetimeSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "Lifetime";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var lifetimes = world.Entities.Column(StandardComponents.Lifetime);
        world.Buffers.Leaving.Clear();
        foreach (var slot in world.Entities.Slots)
        {
            if (!lifetimes.Has(slot))
                continue;
            ref var lifetime = ref lifetimes.Mutate(slot);
            if (lifetime.TicksLeft == 0)
                world.Buffers.Leaving.Add(world.Entities.IdOf(slot));
            else
                lifetime.TicksLeft--;
        }

        world.DespawnAll(world.Buffers.Leaving);
    }
}
