// Keys of the room-wide state that every world has.
using System;
using System.Collections.Generic;

namespace Aetheris.World;

/// <summary>Room-wide state of the standard rules.</summary>
public static class StandardResources
{
    /// <summary>The owner table.</summary>
    public static readonly ResourceKey<PlayerTable> Players = new(0);

    /// <summary>Sequences per gateway.</summary>
    public static readonly ResourceKey<GatewaySequences> Gateways = new(1);

    /// <summary>The generator of the stress test (W-80: the adapter's copy).</summary>
    public static readonly ResourceKey<ChaCha8> StressRandom = new(2);

    /// <summary>The generator of the world's rules (W-80: the world resource).</summary>
    public static readonly ResourceKey<ChaCha8> WorldRandom = new(3);

    /// <summary>Asteroids that come back.</summary>
    public static readonly ResourceKey<RespawnTimers> AsteroidRespawns = new(4);

    /// <summary>Training dummies that come back.</summary>
    public static readonly ResourceKey<RespawnTimers> DummyRespawns = new(5);

    private static readonly string[] Names = { "Players", "Gateways", "StressRandom", "WorldRandom", "AsteroidRespawns", "DummyRespawns" };

    internal static void AddTo(WorldBuilder builder)
    {
        builder.AddResource(Names[0], static _ => new PlayerTable());
        builder.AddResource(Names[1], static _ => new GatewaySequences());
        builder.AddResource(Names[2], static settings => new ChaCha8(settings.Seed));
        builder.AddResource(Names[3], static settings => new ChaCha8(settings.Seed));
        builder.AddResource(Names[4], static _ => new RespawnTimers());
        builder.AddResource(Names[5], static _ => new RespawnTimers());
    }

    internal static bool AreFirstIn(List<KeyValuePair<string, Func<RoomSettings, IRoomResource>>> resources)
    {
        if (resources.Count < Names.Length)
            return false;
        for (var i = 0; i < Names.Length; i++)
        {
            if (!string.Equals(resources[i].Key, Names[i], StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
