// Shields come back. Source: WORLD_RULES W-60 to W-62, W-D10; DESIGN §7; numbers in Combat and EntityTypes.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>
/// Once 180 ticks are over since the last damage, a ship gathers its shield rate (points per second) in sixtieths of a point each tick.
/// A full shield gathers nothing.
/// </summary>
public sealed class ShieldRegenerationSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "ShieldRegeneration";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var entities = world.Entities;
        var pools = entities.Column(StandardComponents.ShieldPool);
        var stats = entities.Column(StandardComponents.ShipStats);
        var regenerations = entities.Column(StandardComponents.ShieldRegeneration);
        var shielded = StandardComponents.ShieldPool.Bit | StandardComponents.ShieldRegeneration.Bit;
        foreach (var slot in entities.Slots)
        {
            if ((entities.MaskOf(slot) & shielded) != shielded)
                continue;
            ref var regeneration = ref regenerations.Mutate(slot);
            ShieldPool pool = pools[slot];
            if (regeneration.DelayTicks > 0)
            {
                regeneration.DelayTicks--;
                continue;
            }

            if (pool.Current >= pool.Max)
            {
                regeneration.Sixtieths = 0;
                continue;
            }

            var gathered = regeneration.Sixtieths + stats[slot].ShieldRegenPerSecond;
            var points = gathered / Combat.ShieldPointParts;
            var missing = pool.Max - pool.Current;
            regeneration.Sixtieths = points < missing ? (ushort)(gathered % Combat.ShieldPointParts) : (ushort)0;
            pool.Current += (ushort)(points < missing ? points : missing);
            pools.Set(slot, pool);
        }
    }
}
