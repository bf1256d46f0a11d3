// Motion of one ship against the reference values of WORLD_RULES §7.1, and our own arctangent.
using Aetheris.Protocol.Components;
using CsCheck;

namespace Aetheris.World.Tests;

public class MotionTests
{
    private static readonly RoomBounds Bounds = new() { MinX = -250, MinY = -250, MaxX = 250, MaxY = 250 };

    [Theory]
    [InlineData(1, 1f, 0.5f, 0, 1, 0x3CDC4000u, 0x3C5C4000u, 0x3FCE739Eu, 0x3F4E739Eu, 0x3DA0D97Cu)]
    [InlineData(1, 1f, 0.5f, 0, 3, 0x3E21A800u, 0x3DA1A000u, 0x4095E5CCu, 0x4015E5CCu, 0x3E71463Au)]
    [InlineData(1, 1f, 0.5f, 0, 60, 0x41E3F6E0u, 0x4163F720u, 0x422C0931u, 0x41AC0931u, 0x3EED6338u)]
    [InlineData(1, 1f, 0.5f, 0, 300, 0x43610070u, 0x42E10044u, 0x4247FD59u, 0x41C7FD59u, 0x3EED6338u)]
    [InlineData(1, -1f, 0f, 500, 1, 0xBB200000u, 0u, 0xBE16258Au, 0u, 0x3DA0D97Cu)]
    [InlineData(1, -1f, 0f, 500, 60, 0xC025CB40u, 0u, 0xC07A3BECu, 0u, 0x40490FDBu)]
    [InlineData(1, -1f, 0f, 500, 300, 0xC1A3A318u, 0u, 0xC0917261u, 0u, 0x40490FDBu)]
    [InlineData(3, 0f, 1f, 0, 1, 0u, 0x3CDC4000u, 0u, 0x3FCE739Eu, 0x3C8EFA36u)]
    [InlineData(3, 0f, 1f, 0, 60, 0u, 0x41E3F6E0u, 0u, 0x422C0931u, 0x3F860A96u)]
    [InlineData(3, 0f, 1f, 0, 300, 0u, 0x43610070u, 0u, 0x4247FD59u, 0x3FC90FDBu)]
    public void Reference_values_are_reproduced(ushort type, float moveX, float moveY, int ore, int ticks, uint x, uint y, uint vx, uint vy, uint rotation)
    {
        Assert.True(EntityTypes.TryGet(type, out var row));
        Transform transform = default;
        Velocity velocity = default;
        for (var i = 0; i < ticks; i++)
        {
            // The reference values precede the unit-disc rule.
            ShipMotion.Step(ref transform, ref velocity, row.Body!.Value, moveX, moveY, ore, 1f / 60f);
            ShipMotion.Wrap(ref transform, Bounds);
        }

        Assert.Equal(
            [x, y, vx, vy, rotation],
            new[] { transform.X, transform.Y, velocity.X, velocity.Y, transform.Rotation }.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Prediction_and_room_compute_the_same_bits() =>
        Gen.Select(Gen.Float[-2, 2], Gen.Float[-2, 2]).Array[1, 100].Sample(moves =>
        {
            var world = Rooms.New();
            world.Run(Rooms.Join(Rooms.Ann));
            var slot = world.ShipOf(Rooms.Ann);
            Assert.True(EntityTypes.TryGet(EntityTypes.Interceptor, out var row));
            Transform transform = world.Entities.Column(StandardComponents.Transform)[slot];
            Velocity velocity = world.Entities.Column(StandardComponents.Velocity)[slot];
            foreach (var (x, y) in moves)
            {
                world.Run(Rooms.Input(Rooms.Ann, world.Tick + 1, x, y));
                ShipMotion.Tick(ref transform, ref velocity, row.Body!.Value, x, y, 0, Bounds, world.DeltaTime);
                Assert.True(world.Entities.Column(StandardComponents.Transform)[slot].BitsEqual(transform));
                Assert.True(world.Entities.Column(StandardComponents.Velocity)[slot].BitsEqual(velocity));
            }
        }, iter: 100);

    [Fact]
    public void Arctangent_is_the_rounded_one_of_double_precision() =>
        Gen.Select(Gen.Float, Gen.Float).Sample((y, x) =>
        {
            if (float.IsNaN(x) || float.IsNaN(y))
                return float.IsNaN(SoftMath.Atan2(y, x));
            var exact = (float)Math.Atan2(y, x);
            var ours = SoftMath.Atan2(y, x);
            return BitConverter.SingleToInt32Bits(exact) == BitConverter.SingleToInt32Bits(ours)
                || Math.Abs(BitConverter.SingleToInt32Bits(exact) - BitConverter.SingleToInt32Bits(ours)) <= 1;
        }, iter: 200_000);

    [Theory]
    [InlineData(0f, 1f, 0x00000000u)]
    [InlineData(-0f, 1f, 0x80000000u)]
    [InlineData(0f, -1f, 0x40490FDBu)]
    [InlineData(-0f, -1f, 0xC0490FDBu)]
    [InlineData(1f, 0f, 0x3FC90FDBu)]
    [InlineData(-1f, 0f, 0xBFC90FDBu)]
    [InlineData(0f, 0f, 0x00000000u)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 0x3F490FDBu)]
    public void Arctangent_has_the_special_values_of_the_standard(float y, float x, uint bits) =>
        Assert.Equal(bits, BitConverter.SingleToUInt32Bits(SoftMath.Atan2(y, x)));

    [Fact]
    public void Sine_and_cosine_are_the_rounded_ones_of_double_precision() =>
        Gen.Float[-100, 100].Sample(
            angle => Apart((float)Math.Sin(angle), SoftMath.Sin(angle)) <= 1 && Apart((float)Math.Cos(angle), SoftMath.Cos(angle)) <= 1, iter: 200_000);

    [Fact]
    public void Sine_and_cosine_of_any_angle_stay_within_one_and_of_none_are_none()
    {
        Gen.Float.Where(float.IsFinite).Sample(angle => Math.Abs(SoftMath.Sin(angle)) <= 1 && Math.Abs(SoftMath.Cos(angle)) <= 1, iter: 20_000);
        Assert.Equal((0f, 1f), (SoftMath.Sin(0), SoftMath.Cos(0)));
        Assert.True(float.IsNaN(SoftMath.Sin(float.NaN)) && float.IsNaN(SoftMath.Cos(float.PositiveInfinity)));
    }

    [Fact]
    public void Any_rotation_ends_its_turn_and_any_move_stays_in_the_disc() =>
        Gen.Select(Gen.Float, Gen.Float, Gen.Float).Sample((rotation, x, y) =>
        {
            Assert.True(EntityTypes.TryGet(EntityTypes.Hauler, out var row));
            var transform = new Transform { Rotation = rotation };
            var velocity = new Velocity { X = 10, Y = 10 };
            var finite = float.IsFinite(x) && float.IsFinite(y);
            ShipMotion.Tick(ref transform, ref velocity, row.Body!.Value, finite ? x : 0, finite ? y : 0, 0, Bounds, 1f / 60f);
            return float.IsFinite(velocity.X) && Math.Abs(velocity.X) <= 80.01f && Math.Abs(velocity.Y) <= 80.01f;
        }, iter: 100_000);

    private static int Apart(float a, float b) => Math.Abs(BitConverter.SingleToInt32Bits(a) - BitConverter.SingleToInt32Bits(b));
}
