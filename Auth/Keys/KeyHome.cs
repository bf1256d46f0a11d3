// Where keys live that nobody configured.
namespace Aetheris.Auth.Keys;

/// <summary>Depends on who shares them; decided where a process is composed.</summary>
public enum KeyHome
{
    /// <summary>Nowhere: several processes share them, so they must be configured.</summary>
    Configuration = 0,

    /// <summary>In this process, which is the whole cluster: connect keys are drawn at each start, the signing key must be configured.</summary>
    Process = 1,

    /// <summary>In the cluster's store, sealed with <see cref="AuthOptions.ClusterSecret"/>.</summary>
    Store = 2,
}
