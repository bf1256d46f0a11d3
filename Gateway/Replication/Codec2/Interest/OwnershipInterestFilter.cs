// Entities of some types are seen by their owner only.
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Hides entities of the given types from everybody but the player who owns them. Not one of the standard filters: a game adds it for what it keeps private.</summary>
/// <param name="types">Entity types that only their owner sees.</param>
public sealed class OwnershipInterestFilter(params ushort[] types) : IInterestFilter
{
    private readonly Dictionary<ulong, PlayerId> _owners = [];

    /// <inheritdoc />
    public ulong Watches => StandardComponents.Ownership.Bit | StandardComponents.Transform.Bit;

    /// <inheritdoc />
    public ulong KeyOf(RoomReplica replica, int slot)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var entities = replica.Entities;
        if (!entities.Column(StandardComponents.Transform).Has(slot)
            || Array.IndexOf(types, entities.Column(StandardComponents.Transform)[slot].EntityType) < 0)
        {
            return 0;
        }

        ref readonly var owner = ref entities.Column(StandardComponents.Ownership)[slot];
        var player = new PlayerId(owner.PlayerHigh, owner.PlayerLow);
        var key = Math.Max(1, owner.PlayerHigh ^ (owner.PlayerLow * 0x9E3779B97F4A7C15));
        while (_owners.TryGetValue(key, out var known) && known != player)
            key++;
        _owners[key] = player;
        return key;
    }

    /// <inheritdoc />
    public bool CanSee(in Viewer viewer, ulong key) =>
        key == 0 || (_owners.TryGetValue(key, out var owner) && !viewer.Player.IsNone && owner == viewer.Player);
}
