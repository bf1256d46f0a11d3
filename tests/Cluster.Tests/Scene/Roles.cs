// Who is who in the scene, by entity.
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class Roles
{
    /// <summary>The ship that fills its hold.</summary>
    public NetworkId Miner { get; init; }

    /// <summary>The ship that shoots and collects.</summary>
    public NetworkId Gunner { get; init; }

    /// <summary>The ship that is shot.</summary>
    public NetworkId Victim { get; init; }

    /// <summary>The asteroid that is mined first.</summary>
    public NetworkId Asteroid { get; init; }

    /// <summary>The ship that the victim's pilot gets after its death; none before.</summary>
    public NetworkId Reborn { get; set; }
}
