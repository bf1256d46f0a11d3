// Numbers of the cargo rules. Source: WORLD_RULES §7.6.
namespace Aetheris.World;

/// <summary>Numbers of cargo drops; their life stands in <see cref="EntityTypes"/>.</summary>
public static class Cargo
{
    /// <summary>A ship takes drops that are nearer than this, metres.</summary>
    public const float CollectionRange = 10f;
}
