// One step of a scene, as an observer must have seen it.
namespace Aetheris.Cluster.Tests.Scene;

/// <param name="Name">What happens.</param>
/// <param name="Missing">What an observer's chronicle lacks, with what it has instead; null when the step was seen.</param>
internal sealed record SceneStep(string Name, Func<Chronicle, string?> Missing);
