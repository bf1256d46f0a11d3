// Where an entity should be n ticks after a state, by the motion rules and in integers.
using System;
using System.Runtime.CompilerServices;

namespace Aetheris.Protocol.Codec2;

/// <summary>
/// Prediction of one record: place and velocity in closed form with a thrust that changed at most once, rotation by the turn rule.
/// Every intermediate is a whole number below 2^53 in magnitude (at 20 ticks per second and more); divisions round down.
/// </summary>
internal readonly struct MotionPrediction
{
    private const long Half = 1L << 31;

    /// <summary>Way along x, 1/256 m; not wrapped.</summary>
    internal readonly int WayX;

    /// <summary>Way along y.</summary>
    internal readonly int WayY;

    private readonly long _speedX;
    private readonly long _speedY;

    /// <summary>Predicts.</summary>
    /// <param name="table">Of the entity's type.</param>
    /// <param name="b">State at the base.</param>
    /// <param name="n">Ticks since then.</param>
    /// <param name="thrustX">Thrust at the base, 1/256 m/s².</param>
    /// <param name="thrustY">Thrust at the base, 1/256 m/s².</param>
    internal MotionPrediction(MotionTable table, in QuantizedMotion b, int n, long thrustX, long thrustY)
    {
        var push = table.Push[n];
        var keep = table.Keep[n];
        var reach = table.Reach[n];
        var vx = (long)b.VX << 8;
        var vy = (long)b.VY << 8;
        WayX = (int)(((push * vx) + (reach * thrustX) + Half) >> 32);
        WayY = (int)(((push * vy) + (reach * thrustY) + Half) >> 32);
        _speedX = (keep * vx) + (push * thrustX);
        _speedY = (keep * vy) + (push * thrustY);
    }

    /// <summary>Predicts with a thrust that is new for the last ticks.</summary>
    /// <param name="table">Of the entity's type.</param>
    /// <param name="b">State at the base.</param>
    /// <param name="n">Ticks since then.</param>
    /// <param name="thrustX">Thrust at the base, 1/256 m/s².</param>
    /// <param name="thrustY">Thrust at the base, 1/256 m/s².</param>
    /// <param name="age">Ticks with the new thrust.</param>
    /// <param name="newX">New thrust, 1/256 m/s².</param>
    /// <param name="newY">New thrust, 1/256 m/s².</param>
    internal MotionPrediction(
        MotionTable table, in QuantizedMotion b, int n, long thrustX, long thrustY, int age, long newX, long newY)
    {
        var push = table.Push[n];
        var keep = table.Keep[n];
        var reach = table.Reach[n];
        var lately = table.Push[age];
        var latelyReach = table.Reach[age];
        var vx = (long)b.VX << 8;
        var vy = (long)b.VY << 8;
        WayX = (int)(((push * vx) + (reach * thrustX) + (latelyReach * (newX - thrustX)) + Half) >> 32);
        WayY = (int)(((push * vy) + (reach * thrustY) + (latelyReach * (newY - thrustY)) + Half) >> 32);
        _speedX = (keep * vx) + (push * thrustX) + (lately * (newX - thrustX));
        _speedY = (keep * vy) + (push * thrustY) + (lately * (newY - thrustY));
    }

    /// <summary>Velocity along x once the error of the way is known: a ship that came further was also faster.</summary>
    internal int SpeedX(int error, int gain) => Speed(_speedX, error, gain);

    /// <summary>Velocity along y.</summary>
    internal int SpeedY(int error, int gain) => Speed(_speedY, error, gain);

    /// <summary>Thrust that leads from one velocity to a later one, 1/256 m/s².</summary>
    /// <param name="table">Of the entity's type.</param>
    /// <param name="from">1/16 m/s.</param>
    /// <param name="to">1/16 m/s, so many ticks later.</param>
    /// <param name="ticks">1 or more.</param>
    internal static long Thrust(MotionTable table, int from, int to, int ticks)
    {
        var push = table.Push[ticks];
        var thrust = FloorDivide(((((long)to << MotionTable.Shift) - (table.Keep[ticks] * from)) << 8) + (push >> 1), push);
        return Math.Max(-table.MaxThrust, Math.Min(table.MaxThrust, thrust));
    }

    /// <summary>Velocity before anything is known of its error.</summary>
    internal void Speed(out int vx, out int vy)
    {
        vx = Speed(_speedX, 0, 0);
        vy = Speed(_speedY, 0, 0);
    }

    /// <summary>Rotation by the turn rule: towards the course of the last velocity by at most so many turn steps; below 0.1 m/s as it was.</summary>
    /// <param name="table">Of the entity's type.</param>
    /// <param name="rotation">Before, 2^-16 turns.</param>
    /// <param name="vx">1/16 m/s.</param>
    /// <param name="vy">1/16 m/s.</param>
    /// <param name="ticks">Turn steps.</param>
    /// <param name="isTurning">Whether the course is out of reach.</param>
    /// <returns>2^-16 turns.</returns>
    internal static int Rotation(MotionTable table, int rotation, int vx, int vy, int ticks, out bool isTurning)
    {
        isTurning = false;
        if ((vx * vx) + (long)(vy * vy) < 3)
            return rotation;
        var course = Arc(vx, vy);
        var turn = (((course - rotation) & 0xFFFF) ^ 0x8000) - 0x8000;
        var most = table.TurnStep * ticks;
        isTurning = turn > most || turn < -most;
        if (!isTurning)
            return course;
        return (rotation + (turn > 0 ? most : -most)) & 0xFFFF;
    }

    /// <summary>Angle of a vector in 2^-16 turns, 0–65,535: table of 65 arcs and a straight line between them.</summary>
    internal static int Arc(int x, int y)
    {
        int ax = Math.Abs(x), ay = Math.Abs(y);
        var steep = ay > ax;
        var ratio = steep ? ((ax << 16) / ay) : ax == 0 ? 0 : (int)(((long)ay << 16) / ax);
        var k = ratio >> 10;
        var arc = Arcs[k];
        if (k < 64)
            arc += (((Arcs[k + 1] - arc) * (ratio & 1023)) + 512) >> 10;
        var angle = (arc + 8) >> 4;
        if (steep)
            angle = 16384 - angle;
        if (x < 0)
            angle = 32768 - angle;
        return (y < 0 ? -angle : angle) & 0xFFFF;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Speed(long speed, int error, int gain)
    {
        var bounded = Math.Max(-32768, Math.Min(32767, error));
        var value = (int)((speed + (((long)gain * bounded) << 16) + Half) >> 32);
        return Math.Max(-32768, Math.Min(32767, value));
    }

    private static long FloorDivide(long value, long divisor)
    {
        var quotient = value / divisor;
        return value % divisor < 0 ? quotient - 1 : quotient;
    }

    /// <summary>atan(k/64) in 2^-20 turns.</summary>
    private static readonly int[] Arcs =
    {
        0, 2607, 5213, 7817, 10417, 13012, 15600, 18181, 20753, 23315, 25867, 28406, 30932,
        33444, 35940, 38420, 40884, 43329, 45755, 48161, 50547, 52912, 55255, 57576, 59874, 62148,
        64398, 66624, 68826, 71002, 73152, 75277, 77376, 79449, 81496, 83517, 85511, 87478, 89419,
        91334, 93222, 95084, 96920, 98730, 100513, 102271, 104003, 105710, 107391, 109048, 110679, 112286,
        113869, 115428, 116963, 118474, 119963, 121428, 122871, 124292, 125690, 127068, 128423, 129758, 131072,
    };
}
