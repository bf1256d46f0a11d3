// Numbers of the combat rules. Source: WORLD_RULES §7.5 to §7.8, DESIGN §7.
namespace Aetheris.World;

/// <summary>Numbers that weapons, hits and shields share; those of a type stand in <see cref="EntityTypes"/>.</summary>
public static class Combat
{
    /// <summary>Targets are nearer than this, metres (W-46).</summary>
    public const float AimRange = 200f;

    /// <summary>Least distance that gives a direction, metres (W-47).</summary>
    public const float MinAimDistance = 0.001f;

    /// <summary>Speed of a projectile, m/s; its ship's is not added (W-47).</summary>
    public const float ProjectileSpeed = 35f;

    /// <summary>A projectile hits what it passes nearer than this, metres (W-52).</summary>
    public const float HitRadius = 4f;

    /// <summary>Points of one hit (W-52).</summary>
    public const int Damage = 25;

    /// <summary>Ticks after damage in which a shield gathers nothing (DESIGN §7).</summary>
    public const ushort ShieldDelayTicks = 180;

    /// <summary>Parts of a shield point in which regeneration is gathered (DESIGN §7).</summary>
    public const int ShieldPointParts = 60;

    /// <summary>Ticks of a dummy's respawn, the one of its death included (W-57).</summary>
    public const uint DummyRespawnTicks = 600;

    /// <summary>Ticks from a pilot's death to their next ship (DESIGN §7).</summary>
    public const ulong PilotRespawnTicks = 180;
}
