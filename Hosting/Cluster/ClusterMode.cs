// The ways in which processes find each other.
namespace Aetheris.Hosting.Cluster;

/// <summary><c>Aetheris:Cluster:Mode</c>.</summary>
public enum ClusterMode
{
    /// <summary>One process with everything in it.</summary>
    Memory = 0,

    /// <summary>Several processes of one machine; membership lives in the primary silo and dies with it.</summary>
    Localhost = 1,

    /// <summary>Membership and state behind the Redis protocol.</summary>
    Redis = 2,
}
