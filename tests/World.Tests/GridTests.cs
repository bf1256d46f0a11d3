// Whatever looks through the grid finds what looking at everything finds (W-D23).
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.World.Tests;

public class GridTests
{
    private const ulong FireTick = 40;

    private static readonly RoomBounds Bounds = new() { MinX = -250, MinY = -250, MaxX = 250, MaxY = 250 };

    /// <summary>Places that crowd at the edges and at each other, so that ties and images matter.</summary>
    private static readonly Gen<float> Coordinate = Gen.OneOf(Gen.Float[-250, 250], Gen.Float[240, 250], Gen.Int[-16, 15].Select(i => i * 15.625f), Gen.Int[-3, 3].Select(i => i * 1f));

    private static readonly Gen<(float X, float Y)[]> Places = Gen.Select(Coordinate, Coordinate).Array[2, 40];

    [Fact]
    public void Every_weapon_aims_at_the_nearest_of_all_targets_whatever_their_pilots_saw() =>
        Gen.Select(Places, Gen.Int[0, 1000], Gen.Bool).Sample((places, seed, moving) =>
        {
            var random = new Random(seed);
            var world = Fleet(places, EntityTypes.Interceptor);
            var seen = new Dictionary<ulong, Dictionary<ulong, Transform>>();
            var delays = new Dictionary<ulong, int>();
            while (world.Tick < FireTick)
            {
                var firing = world.Tick + 1 == FireTick;
                world.Run([.. places.Select((_, i) => Steer(world, i, random, moving, firing, delays))]);
                seen[world.Tick] = Everything(world);
            }

            foreach (var slot in world.Entities.Slots)
            {
                if (!world.Entities.Column(StandardComponents.ProjectileMarker).Has(slot))
                    continue;
                var owner = world.Get(StandardComponents.ProjectileMarker, slot).Owner;
                var (x, y) = Aim(seen[FireTick][owner], owner, seen[FireTick - (ulong)delays[owner]]);
                var shot = world.Get(StandardComponents.Velocity, slot);
                Assert.Equal((x, y), (shot.X, shot.Y));
            }
        }, iter: 300);

    [Fact]
    public void Every_drop_goes_to_the_first_ship_of_all_that_is_near_and_has_space() =>
        Gen.Select(Places, Places, Gen.Int[0, 1000]).Sample((ships, drops, seed) =>
        {
            var random = new Random(seed);
            var world = Fleet(ships, EntityTypes.Hauler);
            foreach (var (x, y) in drops)
                world.Apply(Rooms.Spawn(EntityTypes.CargoDrop, x, y));
            world.Run();
            List<int> floating = [], holds = [];
            foreach (var slot in world.Entities.Slots)
            {
                if (world.Entities.Column(StandardComponents.CargoHold).Has(slot))
                {
                    holds.Add(slot);
                    world.Edit(StandardComponents.CargoHold, slot, _ => new CargoHold { OreCount = (ushort)random.Next(0, 60), Capacity = 60 });
                }
                else if (world.Entities.Column(StandardComponents.CargoDrop).Has(slot))
                {
                    floating.Add(slot);
                    world.Edit(StandardComponents.CargoDrop, slot, _ => new CargoDrop { Quantity = (ushort)random.Next(1, 30) });
                }
            }

            var ids = floating.ConvertAll(world.Entities.IdOf);
            var expected = Collect(world, floating, holds);
            world.Run();
            foreach (var slot in holds)
                Assert.Equal(expected[slot], world.Get(StandardComponents.CargoHold, slot).OreCount);
            for (var i = 0; i < floating.Count; i++)
                Assert.Equal(expected[floating[i]], world.Exists(ids[i].Value) ? world.Get(StandardComponents.CargoDrop, floating[i]).Quantity : 0);
        }, iter: 500);

    private static RoomWorld Fleet((float X, float Y)[] places, ushort type)
    {
        var world = Rooms.New();
        for (var i = 0; i < places.Length; i++)
            JoinRule.Join(world, Rooms.Join(Pilot(i), type: type), places[i].X, places[i].Y, 0);
        return world;
    }

    private static Command Steer(RoomWorld world, int pilot, Random random, bool moving, bool firing, Dictionary<ulong, int> delays)
    {
        var command = Rooms.Input(Pilot(pilot), world.Tick + 1, moving ? random.Next(3) - 1 : 0, moving ? random.Next(3) - 1 : 0);
        if (!firing)
            return command;
        command.Input.Buttons = InputButtons.FirePrimary;
        command.Input.ViewDelay = (byte)random.Next(15);
        delays[world.Entities.IdOf(world.ShipOf(Pilot(pilot))).Value] = Math.Min(command.Input.ViewDelay, (byte)12);
        return command;
    }

    private static Dictionary<ulong, Transform> Everything(RoomWorld world)
    {
        var places = new Dictionary<ulong, Transform>();
        foreach (var slot in world.Entities.Slots)
        {
            if ((world.Entities.MaskOf(slot) & (StandardComponents.HullPool.Bit | StandardComponents.AsteroidHp.Bit)) != 0)
                places[world.Entities.IdOf(slot).Value] = world.Get(StandardComponents.Transform, slot);
        }

        return places;
    }

    private static (float X, float Y) Aim(Transform shooter, ulong self, Dictionary<ulong, Transform> targets)
    {
        var nearest = 200f * 200f;
        (float X, float Y) aim = (SoftMath.Cos(shooter.Rotation) * 35f, SoftMath.Sin(shooter.Rotation) * 35f);
        foreach (var (id, target) in targets.OrderBy(pair => pair.Key))
        {
            Torus.Delta(shooter, target, Bounds, out var dx, out var dy);
            var squared = Torus.LengthSquared(dx, dy);
            if (id == self || !(squared < nearest))
                continue;
            nearest = squared;
            var distance = MathF.Sqrt(squared);
            aim = distance > 0.001f ? (dx / distance * 35f, dy / distance * 35f) : (SoftMath.Cos(shooter.Rotation) * 35f, SoftMath.Sin(shooter.Rotation) * 35f);
        }

        return aim;
    }

    /// <summary>Ore by slot after the collection, looking at every ship for every drop.</summary>
    private static Dictionary<int, int> Collect(RoomWorld world, List<int> drops, List<int> holds)
    {
        var ore = holds.ToDictionary(slot => slot, slot => (int)world.Get(StandardComponents.CargoHold, slot).OreCount);
        foreach (var drop in drops)
        {
            var left = (int)world.Get(StandardComponents.CargoDrop, drop).Quantity;
            foreach (var ship in holds)
            {
                var distance = Torus.DistanceSquared(world.Get(StandardComponents.Transform, drop), world.Get(StandardComponents.Transform, ship), Bounds);
                if (ore[ship] == 60 || !(distance < 100))
                    continue;
                var taken = Math.Min(left, 60 - ore[ship]);
                ore[ship] += taken;
                left -= taken;
                break;
            }

            ore[drop] = left;
        }

        return ore;
    }

    private static PlayerId Pilot(int index) => new(0, (ulong)index + 1);
}
