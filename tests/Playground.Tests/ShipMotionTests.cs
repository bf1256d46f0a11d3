// The page predicts the own ship with the room's arithmetic, bit by bit.
using System.Globalization;
using System.Text;
using Aetheris.Cluster.Tests;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Tests.Codec2;
using Aetheris.World;

namespace Aetheris.Playground.Tests;

public sealed class ShipMotionTests
{
    private const int Ships = 20_000;
    private static readonly RoomBounds Bounds = new() { MinX = -250, MinY = -250, MaxX = 250, MaxY = 250 };

    private static readonly float[] EdgeMoves = [0f, -0f, 1f, -1f, 0.70710677f, 1e-30f, 3e30f];
    private static readonly float[] EdgeSpeeds = [0f, -0f, 0.05f, 0.1f, -1e-20f];
    private static readonly float[] EdgeRotations = [0f, MathF.PI, -MathF.PI, 2 * MathF.PI, 100f, -77.7f];
    private static readonly ushort[] Types = [EntityTypes.Interceptor, EntityTypes.Dreadnought, EntityTypes.Hauler];

    [Fact]
    public void Ships_move_alike_in_JavaScript()
    {
        var random = new Random(20_07);
        var (input, expected) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Ships; i++)
        {
            var ship = new Case(
                Any(random, 260, []), Any(random, 260, []), Any(random, 120, EdgeSpeeds), Any(random, 120, EdgeSpeeds), Any(random, 6.4f, EdgeRotations),
                Any(random, 2, EdgeMoves), Any(random, 2, EdgeMoves), random.Next(501), BodyOf(Types[random.Next(Types.Length)]));
            Append(input, ship.X, ship.Y, ship.VX, ship.VY, ship.Rotation, ship.MoveX, ship.MoveY).Append(' ').Append(ship.Ore).Append(' ');
            Append(input, ship.Body.BaseMass, ship.Body.ThrustForce, ship.Body.MaxVelocity, ship.Body.TurnRate, ship.Body.Drag, ship.Body.MassPerOre).Append('\n');
            var transform = new Transform { X = ship.X, Y = ship.Y, Rotation = ship.Rotation };
            var velocity = new Velocity { X = ship.VX, Y = ship.VY };
            ShipMotion.Tick(ref transform, ref velocity, ship.Body, ship.MoveX, ship.MoveY, ship.Ore, Bounds, 1f / 60f);
            Append(expected, transform.X, transform.Y, velocity.X, velocity.Y, transform.Rotation).Append('\n');
        }

        var (code, output) = Node.Run([Path.Combine(Binaries.Root, "Gateway", "wwwroot", "client", "test", "motion.mjs")], input.ToString());

        Assert.Equal(0, code);
        Assert.Equal(expected.ToString().TrimEnd().Split('\n'), output.Split('\n'));
    }

    /// <summary>Something within ± most; every fourth time one of the edges.</summary>
    private static float Any(Random random, float most, float[] edges) =>
        edges.Length > 0 && random.Next(4) == 0 ? edges[random.Next(edges.Length)] : ((random.NextSingle() * 2) - 1) * most;

    private static PhysicsBody BodyOf(ushort type) => EntityTypes.TryGet(type, out var found) ? found.Body!.Value : default;

    private static StringBuilder Append(StringBuilder text, params ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            text.Append(i == 0 ? string.Empty : " ").Append(BitConverter.SingleToUInt32Bits(values[i]).ToString("x8", CultureInfo.InvariantCulture));
        return text;
    }

    private sealed record Case(float X, float Y, float VX, float VY, float Rotation, float MoveX, float MoveY, int Ore, PhysicsBody Body);
}
