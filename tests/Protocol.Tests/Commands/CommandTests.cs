// Commands and their batches: round trip and hostile bytes.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Protocol.Tests.Commands;

public sealed class CommandTests
{
    [Fact]
    public void Every_kind_of_command_round_trips_and_every_cut_is_refused() => CommandGen.Command.Sample(command =>
    {
        var writer = new ByteWriter();
        CommandCodec.Write(writer, in command);
        var reader = new ByteReader(writer.Written);
        Assert.True(CommandCodec.TryRead(ref reader, out var read));
        Assert.Equal(0, reader.Remaining);
        CommandGen.AssertEqual(command, read);
        for (var length = 0; length < writer.Length; length++)
        {
            var cut = new ByteReader(writer.Written[..length]);
            Assert.False(CommandCodec.TryRead(ref cut, out _));
        }
    });

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var reader = new ByteReader(bytes);
        CommandCodec.TryRead(ref reader, out _);
        var into = new List<Command>();
        if (!CommandBatch.TryRead(bytes, out _, into))
            Assert.Empty(into);
    });

    [Fact]
    public void A_batch_gives_its_commands_origin_and_consecutive_sequences() =>
        Gen.Select(CommandGen.Command.Array[0, 20], Gen.ULong, Gen.UInt, Gen.ULong[0, 1 << 60]).Sample((commands, gateway, epoch, first) =>
        {
            var bytes = Write(commands, gateway, epoch, first);
            var read = new List<Command>();
            Assert.True(CommandBatch.TryRead(bytes, out var head, read));
            Assert.Equal(new CommandBatchHead(new GatewayId(gateway), epoch, 3, first, (ushort)commands.Length), head);
            for (var i = 0; i < commands.Length; i++)
            {
                Assert.Equal(first + (ulong)i, read[i].Sequence);
                commands[i].Gateway = new GatewayId(gateway);
                commands[i].Sequence = read[i].Sequence;
                CommandGen.AssertEqual(commands[i], read[i]);
            }
        });

    [Fact]
    public void A_mutated_batch_never_throws_and_a_refused_one_adds_nothing() =>
        Gen.Select(CommandGen.Command.Array[0, 6], Gen.Double.Unit, Gen.Byte).Sample((commands, where, value) =>
        {
            var bytes = Write(commands, 1, 1, 1);
            bytes[(int)(where * bytes.Length)] = value;
            var read = new List<Command>();
            if (!CommandBatch.TryRead(bytes, out _, read))
                Assert.Empty(read);
        });

    [Fact]
    public void The_input_chain_runs_over_the_canonical_form() => Gen.Select(CommandGen.Command, Gen.UInt).Sample((command, chain) =>
    {
        var writer = new ByteWriter();
        command.Input.Write(writer);
        Assert.Equal(ShipInput.EncodedSize, writer.Length);
        Assert.Equal(Crc32C.Append(chain, writer.Written), command.Input.ChainAfter(chain));
    });

    private static byte[] Write(Command[] commands, ulong gateway, uint epoch, ulong first)
    {
        var writer = new ByteWriter();
        var position = CommandBatch.WriteHead(writer, new CommandBatchHead(new GatewayId(gateway), epoch, 3, first, 0));
        foreach (var command in commands)
            CommandCodec.Write(writer, in command);
        CommandBatch.PatchCount(writer, position, (ushort)commands.Length);
        return writer.Written.ToArray();
    }
}
