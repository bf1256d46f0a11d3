// The privileged stress test. Source: WORLD_RULES W-18, §10.
using System;
using Aetheris.Protocol.Commands;

namespace Aetheris.World;

/// <summary>
/// Spawns up to 1,000 entities of the types 1, 3, 4, 5, 6 in turn at x, y in [−20, 20) m, with a rotation in [0, 2π) if asked, drawn in
/// this order from the stress test's generator. Nobody owns them. Stops when the room is full.
/// </summary>
public sealed class StressTestRule : ICommandRule
{
    /// <summary>Most entities of one command.</summary>
    public const int MaxCount = 1000;

    private const float HalfSide = 20f;
    private const float Tau = 6.28318548f;

    private static readonly ushort[] Types =
    {
        EntityTypes.Interceptor, EntityTypes.Dreadnought, EntityTypes.Hauler, EntityTypes.Asteroid, EntityTypes.CargoDrop,
    };

    /// <inheritdoc />
    public string Name => "StressTest";

    /// <inheritdoc />
    public uint Version => 1;

    /// <inheritdoc />
    public void Apply(RoomWorld world, in Command command)
    {
        if (!command.Privileged || !Ownerships.MayAct(world, command))
            return;
        var random = world.Resource(StandardResources.StressRandom);
        var count = Math.Min((int)command.Count, MaxCount);
        for (var i = 0; i < count && EntitySpawner.HasRoomFor(world); i++)
        {
            var x = random.NextSingle(-HalfSide, HalfSide);
            var y = random.NextSingle(-HalfSide, HalfSide);
            var rotation = command.Rotate ? random.NextSingle(0, Tau) : 0f;
            EntitySpawner.Spawn(world, Types[i % Types.Length], x, y, rotation);
        }
    }
}
