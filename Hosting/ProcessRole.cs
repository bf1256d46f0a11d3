// The parts that a process may play.
namespace Aetheris.Hosting;

/// <summary>What an executable is; combined values say to which executables something applies.</summary>
[Flags]
public enum ProcessRole
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Cluster member that hosts rooms.</summary>
    Silo = 1,

    /// <summary>The edge.</summary>
    Gateway = 2,

    /// <summary>Both in one process.</summary>
    Standalone = 4,

    /// <summary>Executables with rooms.</summary>
    Rooms = Silo | Standalone,

    /// <summary>Executables with an edge.</summary>
    Edge = Gateway | Standalone,

    /// <summary>All executables.</summary>
    All = Silo | Gateway | Standalone,
}
