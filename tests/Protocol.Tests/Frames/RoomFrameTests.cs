// Frames and events: round trip and hostile bytes.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Tests.Commands;
using CsCheck;

namespace Aetheris.Protocol.Tests.Frames;

public sealed class RoomFrameTests
{
    private static readonly Gen<RoomEvent> Event =
        Gen.Select(Gen.Byte, Gen.ULong, Gen.ULong, Gen.UInt, Gen.Float, Gen.Int, Gen.Byte, (kind, tick, id, connection, x, amount, reason) => new RoomEvent
        {
            Kind = (RoomEventKind)kind,
            Tick = tick,
            To = new PlayerId(id, tick),
            Connection = new ConnectionEpoch(connection),
            Entity = new NetworkId(id),
            Other = new NetworkId(tick),
            X = x,
            Y = -x,
            Amount = amount,
            Reason = reason,
        });

    private static readonly Gen<FrameHeader> Header =
        Gen.Select(Gen.UInt, Gen.ULong, Gen.ULong, Gen.ULong, Gen.Bool, Gen.Bool, (epoch, seq, tick, durable, image, hash) =>
            new FrameHeader(epoch, seq, tick, durable, image, hash ? tick : null));

    [Fact]
    public void A_frame_round_trips_with_commands_changes_and_events() =>
        Gen.Select(Header, CommandGen.Command.Array[0, 8], Gen.Byte.Array[0, 50], Event.Array[0, 8]).Sample((header, commands, changes, events) =>
        {
            var bytes = Write(header, commands, changes, events);
            Assert.True(RoomFrame.TryRead(bytes, out var frame));
            Assert.Equal(header, frame.Header);
            Assert.Equal(changes, frame.Changes.ToArray());
            var readCommands = new List<Command>();
            var readEvents = new List<RoomEvent>();
            Assert.True(frame.TryReadCommands(readCommands));
            Assert.True(frame.TryReadEvents(readEvents));
            Assert.Equal(events, readEvents);
            for (var i = 0; i < commands.Length; i++)
            {
                commands[i].Gateway = new GatewayId(5);
                commands[i].Sequence = (ulong)i;
                CommandGen.AssertEqual(commands[i], readCommands[i]);
            }
        });

    [Fact]
    public void A_frame_with_any_changed_or_missing_byte_is_refused() =>
        Gen.Select(Header, Event.Array[0, 3], Gen.Double.Unit, Gen.Byte[1, 255]).Sample((header, events, where, flip) =>
        {
            var bytes = Write(header, [], [1, 2, 3], events);
            var position = (int)(where * bytes.Length);
            Assert.False(RoomFrame.TryRead(bytes.AsSpan(0, position), out _));
            bytes[position] ^= flip;
            Assert.False(RoomFrame.TryRead(bytes, out _));
        });

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        RoomFrame.TryRead(bytes, out _);
        var reader = new ByteReader(bytes);
        RoomEvent.TryRead(ref reader, out _);

        // Sections are read only behind a good checksum; hostile ones must not throw either.
        var writer = new ByteWriter();
        RoomFrame.Write(writer, new FrameHeader(1, 1, 1, 0, false, null), bytes, bytes, bytes);
        Assert.True(RoomFrame.TryRead(writer.Written, out var frame));
        frame.TryReadCommands([]);
        frame.TryReadEvents([]);
    });

    private static byte[] Write(FrameHeader header, Command[] commands, byte[] changes, RoomEvent[] events)
    {
        var commandSection = new ByteWriter();
        commandSection.WriteUInt16((ushort)commands.Length);
        for (var i = 0; i < commands.Length; i++)
        {
            commandSection.WriteUInt64(5);
            commandSection.WriteUInt64((ulong)i);
            CommandCodec.Write(commandSection, in commands[i]);
        }

        var eventSection = new ByteWriter();
        eventSection.WriteUInt16((ushort)events.Length);
        foreach (var value in events)
            value.Write(eventSection);
        var writer = new ByteWriter();
        RoomFrame.Write(writer, in header, commandSection.Written, changes, eventSection.Written);
        return writer.Written.ToArray();
    }
}
