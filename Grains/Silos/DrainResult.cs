// How a drain ended.
namespace Aetheris.Grains.Silos;

/// <summary>Outcome of a drain.</summary>
/// <param name="Left">Rooms that are still here.</param>
/// <param name="HadTarget">Whether there was a silo to move to.</param>
public readonly record struct DrainResult(int Left, bool HadTarget)
{
    /// <summary>Whether nothing more could have been done: all rooms moved, or there was nowhere to move them.</summary>
    public bool IsComplete => Left == 0 || !HadTarget;
}
