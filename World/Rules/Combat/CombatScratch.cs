// Buffers that the combat systems share within one tick; always empty between ticks, hence no state.
using System.Collections.Generic;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

internal sealed class CombatScratch
{
    /// <summary>Shots in order of firing, until the projectiles are spawned.</summary>
    internal List<ShotRequest> Shots { get; } = new();

    /// <summary>Who died in this tick, in hit order, and by whose shot.</summary>
    internal List<KeyValuePair<NetworkId, NetworkId>> Deaths { get; } = new();

    /// <summary>Projectiles that hit or expired, by id.</summary>
    internal List<NetworkId> Spent { get; } = new();

    /// <summary>Everything that can be hit.</summary>
    internal TargetGrid Targets { get; } = new();
}
