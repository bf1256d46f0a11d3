// Numbers of the mining rules and the one way in which an asteroid ends. Source: WORLD_RULES §7.4.
using Aetheris.Protocol.Events;

namespace Aetheris.World;

/// <summary>Shared by the rules that empty or destroy asteroids.</summary>
public static class Mining
{
    /// <summary>Ticks between two transfers of a beam (W-39).</summary>
    public const ulong TransferPeriodTicks = 10;

    /// <summary>Least share of the rate that arrives, at the end of the beam (W-39).</summary>
    public const float MinEfficiency = 0.1f;

    /// <summary>Ticks from the end of an asteroid to the next one (W-42).</summary>
    public const uint RespawnTicks = 300;

    /// <summary>Furthest that the next asteroid is from the old one on each axis, metres (W-41).</summary>
    public const float RespawnOffset = 15f;

    /// <summary>
    /// Ends an asteroid, whether mined out or shot (W-41, W-D17): one AsteroidDepleted event, the next place drawn (x first) from the
    /// world's generator, a pending respawn. Its despawn is left to the caller.
    /// </summary>
    internal static void Deplete(RoomWorld world, int slot)
    {
        world.Emit(new RoomEvent { Kind = RoomEventKind.AsteroidDepleted, Entity = world.Entities.IdOf(slot) });
        var random = world.Resource(StandardResources.WorldRandom);
        var x = random.NextSingle(-RespawnOffset, RespawnOffset);
        var y = random.NextSingle(-RespawnOffset, RespawnOffset);
        ref readonly var transform = ref world.Entities.Column(StandardComponents.Transform)[slot];
        world.Resource(StandardResources.AsteroidRespawns).Add(world, new PendingRespawn
        {
            // The tick of the end counts down too.
            TicksLeft = RespawnTicks + 1,
            X = (float)(transform.X + x),
            Y = (float)(transform.Y + y),
            EntityType = EntityTypes.Asteroid,
            Ore = world.Entities.Column(StandardComponents.Asteroid)[slot].TotalCapacity,
            Owner = Ownerships.OwnerOf(world, slot),
        });
    }
}
