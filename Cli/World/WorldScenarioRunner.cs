// Runs a scenario in a bare room and compares.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Cli;

/// <summary>Plays a scenario into a <see cref="RoomWorld"/> and checks each expected state: floats bit by bit, rotation within 1e-4 modulo 2π.</summary>
internal sealed class WorldScenarioRunner
{
    private const double RotationTolerance = 1e-4;

    private static readonly ConnectionEpoch Connection = new(1);

    private readonly WorldScenario _scenario;
    private readonly RoomWorld _world;

    /// <summary>Creates the room with the scenario's ships.</summary>
    /// <exception cref="InvalidDataException">The scenario contradicts itself.</exception>
    public WorldScenarioRunner(WorldScenario scenario)
    {
        _scenario = scenario;
        _world = new RoomWorld(WorldDefinition.Standard, new RoomSettings { TickRate = scenario.TickRate });
        foreach (var ship in scenario.Spawn)
        {
            var join = new Command { Kind = CommandKind.Join, Player = Player(ship.Client), Connection = Connection, EntityType = ship.Type };
            JoinRule.Join(_world, join, ship.X, ship.Y, ship.Rot);
            if (!_world.Players.TryGet(join.Player, out var record) || record.Ship == NetworkId.None)
                throw new InvalidDataException("client " + ship.Client + " cannot have a ship of type " + ship.Type);
        }
    }

    /// <summary>The room.</summary>
    public RoomWorld World => _world;

    /// <summary>Runs all ticks.</summary>
    /// <param name="afterTick">Called with the 0-based tick after each step.</param>
    /// <returns>One line per mismatch.</returns>
    public IReadOnlyList<string> Run(Action<int>? afterTick = null)
    {
        var mismatches = new List<string>();
        var inputs = _scenario.Inputs.ToLookup(input => input.Tick);
        var expectations = _scenario.Expect.ToLookup(expected => expected.Tick);
        var changes = new ChangeSet();
        for (var tick = 0; tick < _scenario.Ticks; tick++)
        {
            _world.BeginTick();
            foreach (var input in inputs[tick])
                _world.Apply(ToCommand(input));
            _world.Step();
            _world.Extract(changes);
            foreach (var expected in expectations[tick])
                Compare(expected, mismatches);
            afterTick?.Invoke(tick);
        }

        return mismatches;
    }

    private static PlayerId Player(ulong client) => new(0, client);

    private static Command ToCommand(WorldScenario.PilotAct act)
    {
        return new Command
        {
            Kind = CommandKind.Input,
            Player = Player(act.Client),
            Connection = Connection,
            Input = new ShipInput
            {
                TargetTick = (ulong)act.Tick + 1,
                MoveX = act.Move?[0] ?? 0,
                MoveY = act.Move?[1] ?? 0,
                Buttons = act.ToggleMining.HasValue ? InputButtons.ToggleMining : InputButtons.None,
                MiningTarget = act.ToggleMining ?? 0,
            },
        };
    }

    private void Compare(WorldScenario.ExpectedState expected, List<string> mismatches)
    {
        var entities = _world.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        var velocities = entities.Column(StandardComponents.Velocity);
        void Check(ulong id, string what, object wanted, object found)
        {
            if (!wanted.Equals(found))
                mismatches.Add($"{_scenario.Name}: tick {expected.Tick} entity {id} {what}: expected {wanted}, got {found}");
        }

        foreach (var ship in expected.Ships)
        {
            if (!entities.TryGetSlot(new NetworkId(ship.Id), out var slot))
            {
                Check(ship.Id, "exists", true, false);
                continue;
            }

            Check(ship.Id, "x", Hex(WorldScenario.ParseBits(ship.X)), Hex(BitConverter.SingleToUInt32Bits(transforms[slot].X)));
            Check(ship.Id, "y", Hex(WorldScenario.ParseBits(ship.Y)), Hex(BitConverter.SingleToUInt32Bits(transforms[slot].Y)));
            Check(ship.Id, "vx", Hex(WorldScenario.ParseBits(ship.Vx)), Hex(BitConverter.SingleToUInt32Bits(velocities[slot].X)));
            Check(ship.Id, "vy", Hex(WorldScenario.ParseBits(ship.Vy)), Hex(BitConverter.SingleToUInt32Bits(velocities[slot].Y)));
            Check(ship.Id, "ore", ship.Ore, (int)entities.Column(StandardComponents.CargoHold)[slot].OreCount);
            Check(ship.Id, "mining", ship.Mining, entities.Column(StandardComponents.MiningBeam)[slot].Active);
            var turn = Math.Abs(Math.IEEERemainder(transforms[slot].Rotation - ship.Rotation, 2 * Math.PI));
            if (!(turn <= RotationTolerance))
                Check(ship.Id, "rotation", ship.Rotation, (double)transforms[slot].Rotation);
        }

        if (expected.Asteroids is { } asteroids)
            Check(0, "asteroids (id:ore)", Describe(asteroids.Select(a => (a.Id, a.Ore))), Describe(Asteroids()));
        Check(0, "number of ships", expected.Ships.Count, Ships());
    }

    private static string Describe(IEnumerable<(ulong Id, int Ore)> asteroids) =>
        string.Join(' ', asteroids.OrderBy(a => a.Id).Select(a => a.Id + ":" + a.Ore));

    private static string Hex(uint bits) => "0x" + bits.ToString("X8");

    private List<(ulong Id, int Ore)> Asteroids()
    {
        var found = new List<(ulong, int)>();
        var column = _world.Entities.Column(StandardComponents.Asteroid);
        foreach (var slot in _world.Entities.Slots)
        {
            if (column.Has(slot))
                found.Add((_world.Entities.IdOf(slot).Value, column[slot].OreRemaining));
        }

        return found;
    }

    private int Ships()
    {
        var count = 0;
        var column = _world.Entities.Column(StandardComponents.PilotStatus);
        foreach (var slot in _world.Entities.Slots)
            count += column.Has(slot) ? 1 : 0;
        return count;
    }
}
