// What clients see of a ship's health. Source: WORLD_RULES W-D9.
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Copies hull and shield pools into ShipStats at the end of the tick: the pools are the truth, the stats show them.</summary>
public sealed class ShipVitalsSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "ShipVitals";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var entities = world.Entities;
        var column = entities.Column(StandardComponents.ShipStats);
        var hulls = entities.Column(StandardComponents.HullPool);
        var shields = entities.Column(StandardComponents.ShieldPool);
        foreach (var slot in entities.Slots)
        {
            if (!column.Has(slot))
                continue;
            ShipStats stats = column[slot];
            if (hulls.Has(slot))
            {
                stats.Hp = hulls[slot].Current;
                stats.MaxHp = hulls[slot].Max;
            }

            if (shields.Has(slot))
            {
                stats.Shield = shields[slot].Current;
                stats.MaxShield = shields[slot].Max;
            }

            column.Set(slot, stats);
        }
    }
}
