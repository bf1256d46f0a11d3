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
        for (var i = 0; i < world.Entities.Count;)
        {
            int slot = world.Entities.Slots[i];
            if (lifetimes.Has(slot) && lifetimes[slot].TicksLeft == 0)
            {
                world.Despawn(slot);
                continue;
            }

            if (lifetimes.Has(slot))
                lifetimes.Mutate(slot).TicksLeft--;
            i++;
        }
    }
}
