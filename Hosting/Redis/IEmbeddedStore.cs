// A store of the Redis protocol inside this process.
namespace Aetheris.Hosting.Redis;

/// <summary>Registered by the executable that carries one; it listens before anything connects.</summary>
public interface IEmbeddedStore
{
    /// <summary>How to reach it, as <c>Aetheris:Cluster:Redis</c> would say.</summary>
    string ConnectionString { get; }
}
