// Keeps the trails that lag compensation looks at. Source: DESIGN §7.
namespace Aetheris.World;

/// <summary>Records the place of everything that weapons aim at, at the end of each tick.</summary>
public sealed class PositionTrailSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "PositionTrail";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var entities = world.Entities;
        var trails = entities.Column(StandardComponents.PositionTrail);
        var transforms = entities.Column(StandardComponents.Transform);
        foreach (var slot in entities.Slots)
        {
            if (!WeaponFireSystem.IsAimable(entities.MaskOf(slot)))
                continue;
            if (!trails.Has(slot))
                trails.Set(slot, default);
            PositionTrail.Record(ref trails.Mutate(slot), world.Tick, transforms[slot].X, transforms[slot].Y);
        }
    }
}
