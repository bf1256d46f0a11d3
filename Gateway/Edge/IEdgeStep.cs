// A part of the edge thread's round.
namespace Aetheris.Gateway.Edge;

/// <summary>Work that only the edge thread does.</summary>
public interface IEdgeStep
{
    /// <summary>Does what is due; never blocks.</summary>
    /// <param name="now">Milliseconds of the <see cref="EdgeClock"/>.</param>
    void Step(long now);
}
