// Stage 3: one step of the rules.
namespace Aetheris.Grains.Pipeline;

/// <summary>Runs World's systems once (T-65).</summary>
public sealed class SimulateStage
{
    /// <summary>Steps World.</summary>
    public void Run(TickContext context) => context.World.Step();
}
