// A step of a scene that an observer did not see.
namespace Aetheris.Cluster.Tests.Scene;

internal sealed class StepNotSeenException(string message) : Exception(message);
