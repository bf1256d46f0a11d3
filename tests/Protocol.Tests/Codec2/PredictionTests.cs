// The predictor's integers.
using Aetheris.Protocol.Codec2;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec2;

public sealed class PredictionTests
{
    private static readonly MotionTable Table = RandomRoom.Schema.TableOf(1);

    [Fact]
    public void Arc_is_the_angle_to_a_thousandth_of_a_turn_step() => Gen.Select(Gen.Int[-32767, 32767], Gen.Int[-32767, 32767]).Sample((x, y) =>
    {
        if (x == 0 && y == 0)
            return;
        var turns = Math.Atan2(y, x) / (2 * Math.PI) * 65536;
        var error = Math.IEEERemainder(MotionPrediction.Arc(x, y) - turns, 65536);
        Assert.InRange(error, -1.5, 1.5);
    });

    [Fact]
    public void The_closed_form_follows_the_motion_rules_tick_by_tick() =>
        Gen.Select(Gen.Int[-1600, 1600], Gen.Int[-100, 100], Gen.Int[-100, 100], Gen.Int[1, 63], Gen.Int[1, 63]).Sample((v, a, late, n, age) =>
        {
            var bend = Math.Min(n, age);
            double speed = v / 16.0, way = 0;
            const double K = 1 / (1 + (2.0 / 60));
            for (var tick = 1; tick <= n; tick++)
            {
                speed = (speed + ((tick > n - bend ? late : a) / 60.0)) * K;
                way += speed / 60;
            }

            var likely = new MotionPrediction(Table, new QuantizedMotion { VX = (short)v }, n, a * 256, 0, bend, late * 256, 0);
            likely.Speed(out var vx, out _);
            Assert.InRange(likely.WayX - (way * 256), -0.52, 0.52);
            Assert.InRange(vx - (speed * 16), -0.52, 0.52);
        });

    [Fact]
    public void Thrust_between_two_velocities_is_the_one_that_leads_from_one_to_the_other() =>
        Gen.Select(Gen.Int[-800, 800], Gen.Int[-99, 99], Gen.Int[1, 63]).Sample((v, a, ticks) =>
        {
            new MotionPrediction(Table, new QuantizedMotion { VX = (short)v }, ticks, a * 256, 0).Speed(out var later, out _);
            var thrust = MotionPrediction.Thrust(Table, v, later, ticks);
            Assert.InRange(thrust / 256.0, a - (2.1 / ticks) - 0.1, a + (2.1 / ticks) + 0.1);
        });

    [Fact]
    public void A_ship_turns_no_faster_than_its_rate()
    {
        Assert.Equal(Table.TurnStep * 4, MotionPrediction.Rotation(Table, 0, 0, 500, 4, out var turning));
        Assert.True(turning);
        Assert.Equal(16384, MotionPrediction.Rotation(Table, 16000, 0, 500, 4, out turning));
        Assert.False(turning);
        Assert.Equal(777, MotionPrediction.Rotation(Table, 777, 1, 1, 4, out _));
    }

    [Fact]
    public void Quantised_motion_comes_back_within_its_bounds() =>
        Gen.Select(Gen.Float[-250, 250], Gen.Float[-100, 100], Gen.Float[-2000, 2000], Gen.Float[-7, 7]).Sample((x, y, v, rotation) =>
        {
            var quantizer = new MotionQuantizer(RandomRoom.Schema);
            var motion = quantizer.Quantize(x, y, v, -v, rotation);
            Assert.InRange(motion.X, 0, RandomRoom.Schema.SizeX - 1);
            Assert.InRange(motion.Y, 0, RandomRoom.Schema.SizeY - 1);
            quantizer.Restore(motion, out var gotX, out var gotY, out var gotVX, out var gotVY, out var gotRotation);
            Assert.InRange(Math.IEEERemainder(gotX - (double)x, 500), -0.00197, 0.00197);
            Assert.InRange(Math.IEEERemainder(gotY - (double)y, 200), -0.00197, 0.00197);
            Assert.InRange(gotVX - (double)v, -0.03126, 0.03126);
            Assert.InRange(gotVY + (double)v, -0.03126, 0.03126);
            Assert.InRange(Math.IEEERemainder(gotRotation - (double)rotation, 2 * Math.PI), -0.00308, 0.00308);
            Assert.True(quantizer.Quantize(gotX, gotY, gotVX, gotVY, gotRotation).SameAs(motion));
        });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    [InlineData(-3e38f)]
    public void No_float_leaves_the_ranges(float value)
    {
        var motion = new MotionQuantizer(RandomRoom.Schema).Quantize(value, value, value, value, value);
        Assert.InRange(motion.X, 0, RandomRoom.Schema.SizeX - 1);
        Assert.InRange(motion.Y, 0, RandomRoom.Schema.SizeY - 1);
        Assert.InRange(motion.R, 0, 1023);
        Assert.InRange(motion.VX, -32752, 32752);
    }
}
