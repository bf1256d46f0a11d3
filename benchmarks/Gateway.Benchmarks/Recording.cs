// The frames of a room with pilots at random controls.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Benchmarks;

/// <summary>Made once and played back, so that no simulation is in the measured time.</summary>
public sealed class Recording
{
    private Recording(byte[] image, byte[][] frames)
    {
        Image = image;
        Frames = frames;
    }

    /// <summary>The room before the first frame.</summary>
    public byte[] Image { get; }

    /// <summary>One frame per tick.</summary>
    public byte[][] Frames { get; }

    /// <summary>Records ships that redraw their thrust every 5 to 40 ticks: none, part or all of it, a third each.</summary>
    /// <param name="ships">Pilots.</param>
    /// <param name="moving">Share of them that steers.</param>
    /// <param name="ticks">Frames.</param>
    public static Recording Of(int ships, double moving, int ticks)
    {
        var random = new Random(ships);
        var world = new RoomWorld(WorldDefinition.Standard, new RoomSettings());
        var changes = new ChangeSet();
        var controls = new (float X, float Y, int Until)[ships];
        for (var i = 0; i < ships; i++)
            world.Apply(new Command { Kind = CommandKind.Join, Player = Player(i), Connection = new ConnectionEpoch(1), Name = "pilot " + i });
        byte[] image = [];
        var frames = new List<byte[]>();
        const int Before = 900;
        for (var tick = 0; tick < Before + ticks; tick++)
        {
            world.BeginTick();
            for (var i = 0; i < (tick < Before - 300 ? ships : moving * ships); i++)
                world.Apply(Steer(world, i, controls, random, tick));
            world.Step();
            world.Extract(changes);
            if (tick < Before)
                continue;
            if (image.Length == 0)
                image = Write(world, (ulong)frames.Count, isImage: true, w => world.WriteImage(w));
            else
                frames.Add(Write(world, (ulong)frames.Count + 1, isImage: false, changes.WriteTo));
        }

        return new Recording(image, [.. frames]);
    }

    /// <summary>A pilot by number.</summary>
    public static PlayerId Player(int number) => new(0, (ulong)number + 1);

    private static Command Steer(RoomWorld world, int pilot, (float X, float Y, int Until)[] controls, Random random, int tick)
    {
        ref var control = ref controls[pilot];
        if (control.Until <= tick)
        {
            var angle = random.NextDouble() * Math.Tau;
            var length = random.Next(3) switch { 0 => 0, 1 => random.NextDouble(), _ => 1 };
            control = ((float)(Math.Cos(angle) * length), (float)(Math.Sin(angle) * length), tick + random.Next(5, 41));
        }

        return new Command
        {
            Kind = CommandKind.Input,
            Player = Player(pilot),
            Connection = new ConnectionEpoch(1),
            Input = new ShipInput { TargetTick = world.Tick + 1, MoveX = control.X, MoveY = control.Y },
        };
    }

    private static byte[] Write(RoomWorld world, ulong seq, bool isImage, Action<ByteWriter> changes)
    {
        var body = new ByteWriter();
        changes(body);
        var frame = new ByteWriter();
        RoomFrame.Write(frame, new FrameHeader(1, seq, world.Tick, 0, isImage, null), [0, 0], body.Written, [0, 0]);
        return frame.Written.ToArray();
    }
}
