// Mining beams take ore. Source: WORLD_RULES §7.4, W-35 to W-40, W-D14, W-D25; numbers in Mining and EntityTypes.
using System;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>
/// A beam goes off without rate, asteroid, reach (shortest image; the edge is inside) or free space. Every 10 ticks it moves
/// max(1, round(rate · max(1 − d/range, 0.1))) ore, ships by id. One pass equals the original's two: what a beam is checked for does
/// not change with other ships' transfers, and an asteroid emptied by them gives nothing and leaves the beam on.
/// </summary>
public sealed class MiningSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "Mining";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var entities = world.Entities;
        var beams = entities.Column(StandardComponents.MiningBeam);
        var miner = StandardComponents.MiningBeam.Bit | StandardComponents.Transform.Bit | StandardComponents.CargoHold.Bit;
        foreach (var slot in entities.Slots)
        {
            if ((entities.MaskOf(slot) & miner) != miner || !beams[slot].Active)
                continue;
            if (!TryReach(world, slot, out var target, out var squared))
                beams.Set(slot, beams[slot] with { Active = false });
            else if (world.Tick % Mining.TransferPeriodTicks == 0)
                Transfer(entities, slot, target, squared);
        }
    }

    private static bool TryReach(RoomWorld world, int slot, out int target, out float squared)
    {
        var entities = world.Entities;
        ref readonly var beam = ref entities.Column(StandardComponents.MiningBeam)[slot];
        ref readonly var hold = ref entities.Column(StandardComponents.CargoHold)[slot];
        var transforms = entities.Column(StandardComponents.Transform);
        squared = 0;
        target = -1;
        if (beam.BaseMiningRate == 0 || !beam.HasTarget
            || !entities.TryGetSlot(new NetworkId(beam.Target), out target)
            || !entities.Column(StandardComponents.Asteroid).Has(target) || !transforms.Has(target))
        {
            return false;
        }

        squared = Torus.DistanceSquared(transforms[slot], transforms[target], EntitySpawner.BoundsOf(world));
        return !(squared > (float)(beam.MiningRange * beam.MiningRange)) && hold.OreCount < hold.Capacity;
    }

    private static void Transfer(EntityTable entities, int slot, int target, float squared)
    {
        var holds = entities.Column(StandardComponents.CargoHold);
        var asteroids = entities.Column(StandardComponents.Asteroid);
        CargoHold hold = holds[slot];
        Asteroid asteroid = asteroids[target];
        ref readonly var beam = ref entities.Column(StandardComponents.MiningBeam)[slot];
        int amount = Math.Min(Yield(beam, squared), Math.Min(asteroid.OreRemaining, hold.Capacity - hold.OreCount));
        if (amount == 0)
            return;
        hold.OreCount += (ushort)amount;
        asteroid.OreRemaining -= (ushort)amount;
        holds.Set(slot, hold);
        asteroids.Set(target, asteroid);
    }

    /// <summary>Ore of one transfer at a distance (W-39).</summary>
    private static int Yield(in MiningBeam beam, float squared)
    {
        var distance = (float)MathF.Sqrt(squared);
        var efficiency = (float)(1f - (float)(distance / beam.MiningRange));
        if (!(efficiency > Mining.MinEfficiency))
            efficiency = Mining.MinEfficiency;
        var ore = MathF.Round((float)((float)beam.BaseMiningRate * efficiency), MidpointRounding.AwayFromZero);
        return ore > 1 ? (int)Math.Min(ore, ushort.MaxValue) : 1;
    }
}
