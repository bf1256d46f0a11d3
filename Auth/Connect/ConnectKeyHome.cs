// Where connect keys live that nobody configured.
namespace Aetheris.Auth.Connect;

/// <summary>Depends on who shares them; decided where a process is composed.</summary>
public enum ConnectKeyHome
{
    /// <summary>Nowhere: several processes share them, so they must be configured.</summary>
    Configuration = 0,

    /// <summary>In this process, which is the whole cluster: drawn at each start.</summary>
    Process = 1,

    /// <summary>In the cluster's store, sealed with <see cref="AuthOptions.ClusterSecret"/>.</summary>
    Store = 2,
}
