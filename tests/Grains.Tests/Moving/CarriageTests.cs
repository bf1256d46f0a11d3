// What a moving room takes along: whole or not at all.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Components;
using Aetheris.World;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Moving;

public sealed class CarriageTests
{
    private static readonly DateTimeOffset Deadline = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Deadline);
    private readonly FakeReferences _references = new();
    private readonly FakeGateway _gateway = new(21);

    [Fact]
    public void A_room_goes_on_elsewhere_as_if_nothing_had_been()
    {
        var room = Play();
        _gateway.Queue(Make.Join(4));
        room.Submit(_gateway.Batch());
        var bytes = Pack(room);
        Assert.True(RoomCarriage.TryRead(WorldDefinition.Standard, bytes, _references, out var state, out var reason), reason);
        var moved = Arrive(state);

        _time.Advance(TimeSpan.FromMilliseconds(20));
        var seq = _gateway.Headers[^1].Seq;
        moved.Tick(default);
        var header = _gateway.Headers[^1];
        Assert.Equal((3u, seq + 1, 101UL), (header.Epoch, header.Seq, header.Tick));
        var listing = moved.GetListing();
        Assert.Equal(4, listing.Players);
        Assert.Equal(("silo", "elsewhere", 101UL, 20.0), (listing.LastMove!.From, listing.LastMove.To, listing.LastMove.Tick, listing.LastMove.GapMs));
        Assert.Equal(moved.GetState(null)!.Image, Make.Image(_gateway.Replica));

        // Missed frames from before the move are still served, and what sessions know is not told again.
        Assert.Equal(2, moved.GetFrames(3, 50, 51).Length);
        Assert.Equal([Make.Player(4)], moved.Reports.Drain().Select(report => report.Player));
    }

    [Fact]
    public void The_same_commands_lead_to_the_same_state_with_and_without_a_move()
    {
        var stays = Play();
        var moves = Play(new FakeGateway(21));
        Assert.True(RoomCarriage.TryRead(WorldDefinition.Standard, Pack(moves), _references, out var state, out _));
        var moved = Arrive(state);
        for (var i = 0; i < 200; i++)
        {
            stays.Tick(default);
            moved.Tick(default);
        }

        Assert.Equal(stays.GetState(null)!.StateHash, moved.GetState(null)!.StateHash);
    }

    [Fact]
    public void A_frozen_room_neither_ticks_nor_sends_nor_serves()
    {
        var room = Play();
        var frames = _gateway.Frames.Count;
        Assert.True(room.Freeze(TimeSpan.FromSeconds(1)));
        room.Tick(default);
        Assert.False(room.IsServing);
        Assert.Equal((100UL, frames), (room.GetListing().Tick, _gateway.Frames.Count));
    }

    [Fact]
    public void Mutated_or_cut_bytes_never_throw_and_are_never_taken()
    {
        var bytes = Pack(Play());
        Gen.Int[0, bytes.Length - 1].Select(Gen.Byte[1, 255]).Array[1, 4].Sample(
            changes =>
            {
                var mutated = (byte[])bytes.Clone();
                foreach (var (position, difference) in changes)
                    mutated[position] ^= difference;
                return mutated.AsSpan().SequenceEqual(bytes) || !RoomCarriage.TryRead(WorldDefinition.Standard, mutated, _references, out _, out _);
            },
            iter: 3000);
        for (var length = 0; length < bytes.Length; length += 7)
            Assert.False(RoomCarriage.TryRead(WorldDefinition.Standard, bytes.AsSpan(0, length), _references, out _, out _));
    }

    [Fact]
    public void Bytes_with_a_right_checksum_and_wrong_content_never_throw()
    {
        var bytes = Pack(Play());
        Gen.Int[0, bytes.Length - 5].Select(Gen.Byte[1, 255]).Array[1, 4].Sample(
            changes =>
            {
                var mutated = (byte[])bytes.Clone();
                foreach (var (position, difference) in changes)
                    mutated[position] ^= difference;
                var writer = new ByteWriter();
                writer.WriteBytes(mutated.AsSpan(0, bytes.Length - 4));
                writer.WriteUInt32(Crc32C.Compute(writer.Written));
                if (RoomCarriage.TryRead(WorldDefinition.Standard, writer.Written, _references, out var state, out _))
                    Arrive(state).Tick(default);
            },
            iter: 3000);
    }

    [Fact]
    public void Other_rules_do_not_take_the_room()
    {
        var builder = new WorldBuilder();
        StandardRules.AddTo(builder);
        builder.AddCommand(ThrowingRule.Kind, new ThrowingRule());
        Assert.False(RoomCarriage.TryRead(builder.Build(), Pack(Play()), _references, out _, out var reason));
        Assert.Contains("world version", reason, StringComparison.Ordinal);
    }

    private Room Play(FakeGateway? other = null)
    {
        var gateway = other ?? _gateway;
        var room = Make.Room(_time, historyTicks: 4);
        gateway.Take(room.Subscribe(gateway.Id, gateway, _references.Write(gateway)).Image);
        for (var player = 1; player <= 3; player++)
            gateway.Queue(Make.Join(player));
        for (var step = 0; step < 100; step++)
        {
            gateway.Queue(Make.Input(1 + (step % 3), (ulong)step + 2, 0.5f, -1));
            room.Submit(gateway.Batch());
            room.Tick(default);
        }

        room.Reports.Drain();
        return room;
    }

    private static byte[] Pack(Room room)
    {
        Assert.True(room.Freeze(TimeSpan.FromSeconds(1)));
        var writer = new ByteWriter();
        RoomCarriage.Write(writer, room.Capture(Deadline));
        return writer.Written.ToArray();
    }

    private Room Arrive(RoomState state) => new(
        new RoomSetup("arena", state.Template, new RoomTemplate(0, RoomAccess.Open, 0, 0), state.Epoch, "elsewhere", TickRate: 60, HistoryTicks: 4, Pilots: 0),
        WorldDefinition.Standard,
        Make.Metrics,
        _time,
        NullLogger.Instance,
        state);
}
