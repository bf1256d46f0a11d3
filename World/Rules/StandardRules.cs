// The one place where our own rules register, in the order of WORLD_RULES §7.
using Aetheris.Protocol.Commands;

namespace Aetheris.World;

/// <summary>Aetheris' own rules. A game adds them to its builder and then its own.</summary>
public static class StandardRules
{
    /// <summary>Registers everything; the first call on a builder.</summary>
    public static void AddTo(WorldBuilder builder)
    {
        StandardComponents.AddTo(builder);
        StandardResources.AddTo(builder);

        builder.Register(CommandKind.Input, new InputRule());
        builder.Register(CommandKind.Join, new JoinRule());
        builder.Register(CommandKind.Leave, new LeaveRule());
        builder.Register(CommandKind.Spawn, new SpawnRule());
        builder.Register(CommandKind.StressTest, new StressTestRule());
        builder.Register(CommandKind.ClearWorld, new ClearWorldRule());
        builder.Register(CommandKind.GatewayGone, new GatewayGoneRule());

        builder.AddSystem(new InputSystem());
        builder.AddSystem(new ShipMotionSystem());
        builder.AddSystem(new RoomWrapSystem());
        builder.AddSystem(new MiningToggleSystem());
        builder.AddSystem(new MiningSystem());
        builder.AddSystem(new AsteroidDepletionSystem());
        builder.AddSystem(new WeaponFireSystem());
        builder.AddSystem(new CargoCollectionSystem());
        builder.AddSystem(new ProjectileSystem());
        builder.AddSystem(new ProjectileSpawnSystem());
        builder.AddSystem(new ShieldRegenerationSystem());
        builder.AddSystem(new DummyRespawnSystem());
        builder.AddSystem(new PilotRespawnSystem());
        builder.AddSystem(new AsteroidRespawnSystem());
        builder.AddSystem(new LifetimeSystem());
        builder.AddSystem(new GraceSystem());
        builder.AddSystem(new PositionTrailSystem());
        builder.AddSystem(new ZClampSystem());
        builder.AddSystem(new ShipVitalsSystem());
    }

    internal static WorldDefinition Build()
    {
        var builder = new WorldBuilder();
        AddTo(builder);
        return builder.Build();
    }
}
