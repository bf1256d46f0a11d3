// Switches mining beams. Source: WORLD_RULES §7.3, W-24, W-D5.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;

namespace Aetheris.World;

/// <summary>Every applied input with ToggleMining switches its ship's beam once and sets its target, also when switching off.</summary>
public sealed class MiningToggleSystem : ISystem
{
    /// <inheritdoc />
    public string Name => "MiningToggle";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Step(RoomWorld world)
    {
        var beams = world.Entities.Column(StandardComponents.MiningBeam);
        for (var i = 0; i < world.AppliedInputs.Count; i++)
        {
            var applied = world.AppliedInputs[i];
            if ((applied.Input.Buttons & InputButtons.ToggleMining) == InputButtons.None || !beams.Has(applied.Slot))
                continue;
            MiningBeam beam = beams[applied.Slot];
            beam.Active = !beam.Active;
            beam.HasTarget = true;
            beam.Target = applied.Input.MiningTarget;
            beams.Set(applied.Slot, beam);
        }
    }
}
