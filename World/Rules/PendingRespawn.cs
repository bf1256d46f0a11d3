// An entity that is to come back. Source: WORLD_RULES W-41, W-55.
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>One entry of a <see cref="RespawnTimers"/>.</summary>
public struct PendingRespawn
{
    /// <summary>Ticks until it comes back, the current one included.</summary>
    public uint TicksLeft;

    /// <summary>Metres.</summary>
    public float X;

    /// <summary>Metres.</summary>
    public float Y;

    /// <summary>Type of the entity.</summary>
    public ushort EntityType;

    /// <summary>Ore of an asteroid, else 0.</summary>
    public ushort Ore;

    /// <summary>Whose it is; with them the entry goes. None for nobody's.</summary>
    public PlayerId Owner;
}
