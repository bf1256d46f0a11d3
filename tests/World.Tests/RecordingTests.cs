// A room as a file: whole, hostile, and run again.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.World.Recording;
using CsCheck;

namespace Aetheris.World.Tests;

public class RecordingTests
{
    private static readonly RoomRecording Sample = Record(200);

    [Fact]
    public void A_recording_runs_again_to_the_same_hash()
    {
        Assert.True(RoomRecording.TryRead(Bytes(Sample), out var read, out var reason), reason);
        Assert.True(RoomReplay.TryBegin(WorldDefinition.Standard, read, out var replay, out reason), reason);
        while (replay.TryStep())
        {
        }

        Assert.Equal((260UL, 20, null, false), (replay.World.Tick, replay.HashesEqual, replay.DiffersAt, replay.IsBroken));
        Assert.Equal(read.Entries[^1].StateHash, replay.World.StateHash());
        Assert.Equal(("arena", "default", 260UL), (read.Room, read.Template, read.LastTick));
    }

    [Fact]
    public void A_changed_input_is_found_at_the_first_hash_after_it()
    {
        var entries = Sample.Entries.ToArray();
        var section = new ByteWriter();
        section.WriteUInt16(1);
        section.WriteUInt64(0);
        section.WriteUInt64(0);
        CommandCodec.Write(section, Rooms.Input(Rooms.Ann, 145, -1, 0));
        entries[84] = entries[84] with { Commands = section.Written.ToArray() };
        Assert.True(RoomReplay.TryBegin(WorldDefinition.Standard, Sample.With(entries), out var replay, out var reason), reason);
        while (replay.TryStep())
        {
        }

        Assert.Equal(150UL, replay.DiffersAt);
        Assert.False(replay.IsBroken);
    }

    [Fact]
    public void A_log_that_cannot_be_run_ends_the_replay_at_its_tick()
    {
        var entries = Sample.Entries.ToArray();
        entries[10] = entries[10] with { Commands = new byte[] { 1, 0, 9 } };
        Assert.True(RoomReplay.TryBegin(WorldDefinition.Standard, Sample.With(entries), out var replay, out _));
        while (replay.TryStep())
        {
        }

        Assert.Equal((71UL, true), (replay.DiffersAt, replay.IsBroken));
    }

    [Fact]
    public void Other_rules_are_named_instead_of_run()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        HitscanTestWeapon.AddTo(builder);
        Assert.False(RoomReplay.TryBegin(builder.Build(), Sample, out _, out var reason));
        Assert.Contains("world version", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_is_a_recording_without_a_log()
    {
        Assert.True(RoomRecording.TryRead(Bytes(Sample.With([])), out var read, out var reason), reason);
        Assert.True(RoomReplay.TryBegin(WorldDefinition.Standard, read, out var replay, out _));
        Assert.False(replay.TryStep());
        Assert.Equal(60UL, replay.World.Tick);
    }

    [Fact]
    public void A_log_with_a_gap_is_refused()
    {
        var entries = Sample.Entries.ToList();
        entries.RemoveAt(50);
        Assert.False(RoomRecording.TryRead(Bytes(Sample.With(entries)), out _, out _));
    }

    [Fact]
    public void Damage_anywhere_is_noticed_and_nothing_throws() => Gen.Select(Gen.Int[0, Bytes(Sample).Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
    {
        var bytes = Bytes(Sample);
        bytes[at] ^= change;
        Assert.False(RoomRecording.TryRead(bytes, out _, out var reason));
        Assert.NotEmpty(reason);
        Assert.False(RoomRecording.TryRead(bytes.AsMemory(0, at), out _, out _));
    }, iter: 300);

    [Fact]
    public void Any_body_under_a_right_checksum_never_throws() => Gen.Select(Gen.Int[8, 200], Gen.Byte.Array[0, 200]).Sample((at, noise) =>
    {
        var bytes = Bytes(Sample);
        at = Math.Min(at, bytes.Length - noise.Length - 4);
        noise.CopyTo(bytes, at);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), Crc32C.Compute(bytes.AsSpan(0, bytes.Length - 4)));
        if (RoomRecording.TryRead(bytes, out var read, out _) && RoomReplay.TryBegin(WorldDefinition.Standard, read, out var replay, out _))
            replay.TryStep();
    }, iter: 300);

    private static byte[] Bytes(RoomRecording recording)
    {
        var writer = new ByteWriter();
        recording.Write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>A second of a pilot who turns, recorded from tick 60 on; every tenth tick has its hash.</summary>
    private static RoomRecording Record(int ticks)
    {
        var world = Rooms.New();
        world.Run(Rooms.Join(Rooms.Ann), Rooms.Stress(20));
        world.RunUntil(60);
        var saved = new ByteWriter();
        world.Save(saved);
        var entries = new List<HistoryEntry>();
        for (var i = 0; i < ticks; i++)
        {
            var command = Rooms.Input(Rooms.Ann, world.Tick + 1, MathF.Sin(i * 0.1f), 1);
            var section = new ByteWriter();
            section.WriteUInt16(1);
            section.WriteUInt64(0);
            section.WriteUInt64(0);
            CommandCodec.Write(section, command);
            world.Run(command);
            entries.Add(new HistoryEntry(4, world.Tick, world.Tick % 10 == 0 ? world.StateHash() : null, section.Written.ToArray()));
        }

        return new RoomRecording
        {
            Room = "arena",
            Template = "default",
            WorldVersion = world.Definition.WorldVersion,
            LayoutVersion = world.Definition.LayoutVersion,
            Epoch = 4,
            Tick = 60,
            World = saved.Written.ToArray(),
            Entries = entries,
        };
    }
}
