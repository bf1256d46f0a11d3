// Buffers that the systems share within one tick. Nothing in them is read in a later tick, hence no state.
using System.Collections.Generic;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

internal sealed class TickBuffers
{
    // A growing buffer is an allocation in a steady room: what a battle of hundreds needs is there from the start.
    private const int Casualties = 128;

    /// <summary>Shots in order of firing, until the projectiles are spawned.</summary>
    internal List<ShotRequest> Shots { get; } = new();

    /// <summary>The shooters of <see cref="Shots"/> and how many ticks ago their pilots looked.</summary>
    internal List<FiredWeapon> Fired { get; } = new();

    /// <summary>Who died in this tick, in hit order, and by whose shot.</summary>
    internal List<KeyValuePair<NetworkId, NetworkId>> Deaths { get; } = new(Casualties);

    /// <summary>The dead of <see cref="Deaths"/>, so that nobody dies twice.</summary>
    internal HashSet<NetworkId> Dead { get; } = new(Casualties);

    /// <summary>The dead in the order in which they leave.</summary>
    internal List<NetworkId> Dying { get; } = new(Casualties);

    /// <summary>Entities that leave at the end of a system.</summary>
    internal List<NetworkId> Leaving { get; } = new();

    /// <summary>What the current system looks for near a place.</summary>
    internal EntityGrid Grid { get; } = new();
}
