// Codec 2 over real rooms: thrust is found, and the predictor foresees what the rules do.
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Components;

namespace Aetheris.World.Tests;

public sealed class Codec2MotionTests
{
    private static readonly Codec2Schema Schema = Codec2Schemas.Build(WorldDefinition.Standard, 60);

    [Theory]
    [InlineData(EntityTypes.Interceptor, 100)]
    [InlineData(EntityTypes.Dreadnought, 100)]
    [InlineData(EntityTypes.Hauler, 125)]
    public void The_thrust_of_a_flying_ship_is_found_with_the_tick_it_began(ushort type, int acceleration)
    {
        var states = Fly(type, tick => tick < 40 ? (1, 0) : (0, -1), 60);
        Assert.Equal((acceleration, 0), (states[30].AX, states[30].AY));
        Assert.Equal((0, -acceleration), (states[45].AX, states[45].AY));
        Assert.Equal(1, states.First(state => state.AY != 0).ThrustAge);
        Assert.Equal(6, states[states.FindIndex(state => state.AY != 0) + 5].ThrustAge);
        Assert.DoesNotContain(states, state => state.Analogue);
    }

    [Fact]
    public void A_restless_stick_is_analogue_and_a_calm_one_no_longer()
    {
        var states = Fly(EntityTypes.Interceptor, tick => tick < 40 ? (0.5f + (0.02f * (tick % 9)), 0.3f) : (1, 0), 60);
        Assert.True(states[39].Analogue);
        Assert.Equal((0, 0), (states[39].AX, states[39].AY));
        Assert.False(states[58].Analogue);
        Assert.Equal((100, 0), (states[58].AX, states[58].AY));
    }

    [Fact]
    public void Steady_thrust_is_foreseen_to_a_step()
    {
        var states = Fly(EntityTypes.Interceptor, _ => (0.6f, 0.8f), 120);
        var table = Schema.TableOf(EntityTypes.Interceptor);
        for (var i = 20; i < 110; i++)
        {
            var b = states[i];
            var likely = new MotionPrediction(table, b, 4, b.AX * 256, b.AY * 256);
            likely.Speed(out var vx, out var vy);
            var now = states[i + 4];
            Assert.InRange(b.X + likely.WayX - now.X, -2, 2);
            Assert.InRange(b.Y + likely.WayY - now.Y, -2, 2);
            Assert.InRange(vx - now.VX, -1, 1);
            Assert.InRange(vy - now.VY, -1, 1);
            Assert.InRange((MotionPrediction.Rotation(table, b.R << 6, now.VX, now.VY, 4, out _) / 64.0) - now.R, -1.5, 1.5);
        }
    }

    [Fact]
    public void Every_component_that_clients_see_is_in_the_schema_with_its_size()
    {
        var world = Rooms.New();
        world.Run(Rooms.Spawn(EntityTypes.Interceptor));
        foreach (var component in WorldDefinition.Standard.Components)
        {
            var expected = component.InFrames && component.Kind < ComponentKinds.FirstServerOnly;
            Assert.Equal(expected, Schema.TryGetComponent(component.Index, out var known));
            if (!expected)
                continue;
            Assert.Equal(component.Kind, known.Kind);
            Assert.Equal(component.Kind is ComponentKinds.PlayerName or ComponentKinds.RoomDefinition ? -1 : known.Size, known.Size);
        }

        Assert.True(Schema.TryGetType(EntityTypes.Interceptor, out var type));
        var slot = world.SlotOf(1);
        foreach (var (bit, value) in type.Prototype)
        {
            var writer = new Protocol.Binary.ByteWriter();
            world.Entities.ColumnAt(bit).Write(slot, writer);
            Assert.Equal(value, writer.Written.ToArray());
        }
    }

    private static List<QuantizedMotion> Fly(ushort type, Func<int, (float X, float Y)> move, int ticks)
    {
        var world = Rooms.With((Rooms.Ann, type, 10, 20));
        var quantizer = new MotionQuantizer(Schema);
        var track = default(MotionTrack);
        var states = new List<QuantizedMotion>();
        for (var i = 0; i < ticks; i++)
        {
            var (x, y) = move(i);
            world.Run(Rooms.Input(Rooms.Ann, world.Tick + 1, x, y));
            var slot = world.ShipOf(Rooms.Ann);
            var t = world.Get(StandardComponents.Transform, slot);
            var v = world.Get(StandardComponents.Velocity, slot);
            states.Add(track.Next(quantizer, t.EntityType, world.Tick, t.X, t.Y, v.X, v.Y, t.Rotation));
        }

        return states;
    }
}
