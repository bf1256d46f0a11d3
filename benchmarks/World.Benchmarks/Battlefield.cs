// The room that the benchmarks run: ships that fly, fight and mine for ever.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Benchmarks;

/// <summary>
/// A room full of piloted ships of which one in ten fires whenever it can and one in ten mines; the others fly. In every tick a tenth of
/// the pilots send an input, the others' is held. The dead come back, so that the work of a tick stays what it is.
/// </summary>
public sealed class Battlefield
{
    private enum Role
    {
        Pilot,
        Gunner,
        Miner,
    }

    private const int Share = 10;
    private const int RefillTicks = 1024;
    private const int WarmUpTicks = 2000;

    private readonly Random _random = new(1);
    private readonly int _ships;
    private readonly ulong[] _asteroids;

    /// <summary>Fills a room and lets the fight begin.</summary>
    /// <param name="ships">Piloted ships.</param>
    public Battlefield(int ships)
    {
        _ships = ships;
        World = new RoomWorld(WorldDefinition.Standard, new RoomSettings { MaxEntities = RoomSettings.LargestMaxEntities });
        for (var pilot = 0; pilot < ships; pilot++)
        {
            var join = new Command { Kind = CommandKind.Join, Player = Pilot(pilot), Connection = new ConnectionEpoch(1), EntityType = EntityTypes.Interceptor };
            JoinRule.Join(World, join, Coordinate(), Coordinate(), 0);
        }

        _asteroids = new ulong[ships];
        for (var pilot = 0; pilot < ships; pilot++)
        {
            if (RoleOf(pilot) != Role.Miner)
                continue;
            World.Players.TryGet(Pilot(pilot), out var miner);
            World.Entities.TryGetSlot(miner.Ship, out var slot);
            ref readonly var place = ref World.Entities.Column(StandardComponents.Transform)[slot];
            World.Apply(new Command { Kind = CommandKind.Spawn, Privileged = true, EntityType = EntityTypes.Asteroid, X = place.X, Y = place.Y });
            _asteroids[pilot] = World.Entities.LastId.Value;
        }

        Refill();
        for (var tick = 0; tick < WarmUpTicks; tick++)
        {
            StepOnce();
            World.Extract(Changes);
        }
    }

    /// <summary>The room.</summary>
    public RoomWorld World { get; }

    /// <summary>What the last tick changed.</summary>
    public ChangeSet Changes { get; } = new();

    /// <summary>The inputs of one tick and its step.</summary>
    public void StepOnce()
    {
        World.BeginTick();
        if (World.Tick % RefillTicks == 0)
            Refill();
        for (var pilot = (int)(World.Tick % Share); pilot < _ships; pilot += Share)
            World.Apply(Act(pilot));
        World.Step();
    }

    private static Role RoleOf(int pilot) => (pilot / Share % Share) switch
    {
        0 => Role.Miner,
        1 => Role.Gunner,
        _ => Role.Pilot,
    };

    private static PlayerId Pilot(int index) => new(0, (ulong)index + 1);

    private Command Act(int pilot)
    {
        var input = new ShipInput { TargetTick = World.Tick };
        var role = RoleOf(pilot);
        if (role == Role.Miner)
        {
            if (World.Players.TryGet(Pilot(pilot), out var player) && World.Entities.TryGetSlot(player.Ship, out var slot)
                && !World.Entities.Column(StandardComponents.MiningBeam)[slot].Active)
            {
                input.Buttons = InputButtons.ToggleMining;
                input.MiningTarget = _asteroids[pilot];
            }
        }
        else
        {
            input.Buttons = role == Role.Gunner ? InputButtons.Fire : InputButtons.None;
            input.MoveX = _random.Next(3) - 1;
            input.MoveY = _random.Next(3) - 1;
        }

        return new Command { Kind = CommandKind.Input, Player = Pilot(pilot), Connection = new ConnectionEpoch(1), Input = input };
    }

    /// <summary>Empties the holds and fills the asteroids, so that mining never ends.</summary>
    private void Refill()
    {
        var holds = World.Entities.Column(StandardComponents.CargoHold);
        var asteroids = World.Entities.Column(StandardComponents.Asteroid);
        foreach (var slot in World.Entities.Slots)
        {
            if (holds.Has(slot))
                holds.Set(slot, holds[slot] with { OreCount = 0 });
            if (asteroids.Has(slot))
                asteroids.Set(slot, new Asteroid { OreRemaining = ushort.MaxValue, TotalCapacity = ushort.MaxValue });
        }
    }

    private float Coordinate() => (_random.NextSingle() * 500) - 250;
}
