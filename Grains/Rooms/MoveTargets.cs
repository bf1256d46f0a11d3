// Finds silos to move to in the membership and its metadata.
using System.Globalization;
using Aetheris.World;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Aetheris.Grains.Rooms;

/// <summary>
/// Active silos of this silo's WorldVersion, which every silo tells in its metadata (DESIGN §7, versions). A silo whose version is not
/// known yet is none: a move can wait, half a state cannot.
/// </summary>
public sealed class MoveTargets : IMoveTargets
{
    /// <summary>Key of the WorldVersion in a silo's metadata.</summary>
    public const string VersionKey = "aetheris.world";

    private readonly IClusterMembershipService _membership;
    private readonly ISiloMetadataCache _metadata;
    private readonly SiloAddress _self;
    private readonly string _version;

    /// <summary>Created by the silo.</summary>
    public MoveTargets(IClusterMembershipService membership, ISiloMetadataCache metadata, ILocalSiloDetails silo, WorldDefinition definition)
    {
        _membership = membership;
        _metadata = metadata;
        _self = silo.SiloAddress;
        _version = VersionOf(definition);
    }

    /// <summary>The text of a WorldVersion in metadata.</summary>
    public static string VersionOf(WorldDefinition definition) => definition.WorldVersion.ToString("x16", CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public SiloAddress? Find(string silo)
    {
        foreach (var member in _membership.CurrentSnapshot.Members.Values)
        {
            if (string.Equals(member.Name, silo, StringComparison.Ordinal) && IsFit(member))
                return member.SiloAddress;
        }

        return null;
    }

    /// <inheritdoc />
    public SiloAddress? FindAny(string room)
    {
        var fit = new List<ClusterMember>();
        foreach (var member in _membership.CurrentSnapshot.Members.Values)
        {
            if (!member.SiloAddress.Equals(_self) && IsFit(member))
                fit.Add(member);
        }

        if (fit.Count == 0)
            return null;
        fit.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return fit[(int)((uint)string.GetHashCode(room, StringComparison.Ordinal) % (uint)fit.Count)].SiloAddress;
    }

    private bool IsFit(ClusterMember member) =>
        member.Status == SiloStatus.Active
        && _metadata.GetSiloMetadata(member.SiloAddress).Metadata.TryGetValue(VersionKey, out var version)
        && string.Equals(version, _version, StringComparison.Ordinal);
}
