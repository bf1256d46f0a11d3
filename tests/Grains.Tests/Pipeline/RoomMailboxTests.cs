// Exactly once, in order, bounded, whatever arrives.
using Aetheris.Grains.Pipeline;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Grains.Tests.Pipeline;

public sealed class RoomMailboxTests
{
    private readonly RoomMailbox _mailbox = new(Make.Metrics);
    private readonly FakeGateway _gateway = new(11);

    [Fact]
    public void Batches_that_are_repeated_swapped_or_lost_arrive_exactly_once_and_in_order()
    {
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, 3].Array[0, 120], Gen.Int).Sample((commands, actions, seed) =>
        {
            var mailbox = new RoomMailbox(Make.Metrics);
            var gateway = new FakeGateway(11);
            var random = new Random(seed);
            Assert.True(mailbox.Open(gateway.Id, 0));
            var sent = new List<byte[]>();
            var got = new List<Command>();
            var queued = 0;
            foreach (var action in actions)
            {
                if (action <= 1 && queued < commands)
                {
                    gateway.Queue(Make.Input(1, (ulong)++queued, 0, 0));
                    // Each batch begins somewhere in what is unacknowledged: also gaps occur.
                    var from = random.Next(gateway.Unacknowledged.Count);
                    sent.Add(gateway.Batch([.. gateway.Unacknowledged.Skip(from)]));
                }
                else if (action == 2 && sent.Count > 0)
                {
                    mailbox.Submit(sent[random.Next(sent.Count)], out _);
                }
                else
                {
                    got.AddRange(mailbox.Drain([]));
                }
            }

            mailbox.Submit(gateway.Batch(), out _);
            got.AddRange(mailbox.Drain([]));
            Assert.Equal(queued, got.Count);
            for (var i = 0; i < got.Count; i++)
                Assert.Equal((ulong)i + 1, got[i].Sequence);
        });
    }

    [Fact]
    public void A_batch_after_a_gap_is_ignored_as_a_whole()
    {
        _mailbox.Open(_gateway.Id, 4);
        for (var i = 0; i < 8; i++)
            _gateway.Queue(Make.Input(1, 1, 0, 0));
        Assert.Equal(SubmitOutcome.Gap, _mailbox.Submit(_gateway.Batch([.. _gateway.Unacknowledged.Skip(5)]), out _));
        Assert.Equal(0, _mailbox.Count);
        Assert.Equal(SubmitOutcome.Taken, _mailbox.Submit(_gateway.Batch([.. _gateway.Unacknowledged.Skip(4)]), out _));
        Assert.Equal(4, _mailbox.Count);
    }

    [Fact]
    public void A_gateway_that_did_not_subscribe_is_not_listened_to()
    {
        _gateway.Queue(Make.Join(1));
        Assert.Equal(SubmitOutcome.UnknownGateway, _mailbox.Submit(_gateway.Batch(), out _));
        _mailbox.Open(_gateway.Id, 0);
        Assert.Equal(SubmitOutcome.Taken, _mailbox.Submit(_gateway.Batch(), out _));
        _mailbox.Forget(_gateway.Id);
        Assert.Equal(SubmitOutcome.UnknownGateway, _mailbox.Submit(_gateway.Batch(), out _));
    }

    [Fact]
    public void What_does_not_fit_is_dropped_and_accepted_when_sent_again()
    {
        _mailbox.Open(_gateway.Id, 0);
        for (var sent = 0; sent < RoomMailbox.MaxCommands; sent += CommandBatch.MaxCommands)
        {
            var part = new List<Command>();
            for (var i = 0; i < CommandBatch.MaxCommands; i++)
            {
                _gateway.Queue(Make.Input(1, 1, 0, 0));
                part.Add(_gateway.Unacknowledged[^1]);
            }

            Assert.Equal(SubmitOutcome.Taken, _mailbox.Submit(_gateway.Batch(part), out _));
        }

        _gateway.Queue(Make.Input(1, 1, 0, 0));
        var last = _gateway.Batch([_gateway.Unacknowledged[^1]]);
        Assert.Equal(SubmitOutcome.Full, _mailbox.Submit(last, out _));
        Assert.False(_mailbox.Post(Make.Join(2)));
        Assert.Equal(RoomMailbox.MaxCommands, _mailbox.Drain([]).Count);
        Assert.Equal(SubmitOutcome.Taken, _mailbox.Submit(last, out _));
        Assert.Equal(_gateway.Unacknowledged[^1].Sequence, Assert.Single(_mailbox.Drain([])).Sequence);
    }

    [Fact]
    public void Too_many_gateways_are_refused()
    {
        for (var i = 1; i <= RoomMailbox.MaxGateways; i++)
            Assert.True(_mailbox.Open(new GatewayId((ulong)i), 0));
        Assert.False(_mailbox.Open(new GatewayId(100_000), 0));
        Assert.True(_mailbox.Open(new GatewayId(5), 0));
        Assert.False(_mailbox.Open(GatewayId.None, 0));
    }

    [Fact]
    public void A_name_that_grows_when_its_invalid_bytes_are_replaced_is_refused()
    {
        _mailbox.Open(_gateway.Id, 0);
        _gateway.Queue(Make.Join(1) with { Name = new string('x', CommandCodec.MaxNameBytes) });
        var batch = _gateway.Batch();
        batch.AsSpan(batch.Length - CommandCodec.MaxNameBytes).Fill(0xFF);
        Assert.Equal(SubmitOutcome.Malformed, _mailbox.Submit(batch, out _));
    }

    [Fact]
    public void Sequences_at_the_end_of_their_range_are_refused()
    {
        _mailbox.Open(_gateway.Id, ulong.MaxValue - 2);
        var writer = new ByteWriter();
        var position = CommandBatch.WriteHead(writer, new CommandBatchHead(_gateway.Id, 0, 0, ulong.MaxValue - 1, 0));
        for (var i = 0; i < 3; i++)
            CommandCodec.Write(writer, Make.Input(1, 1, 0, 0));
        CommandBatch.PatchCount(writer, position, 3);
        Assert.Equal(SubmitOutcome.Malformed, _mailbox.Submit(writer.Written, out _));
    }

    [Fact]
    public void Random_and_mutated_batches_never_throw_and_never_break_the_tick()
    {
        for (var i = 0; i < 6; i++)
            _gateway.Queue(i == 0 ? Make.Join(1) : Make.Input(1, (ulong)i, 0.5f, 0.5f));
        var good = _gateway.Batch();
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[0, 8], Gen.Int[0, good.Length]).Sample((noise, changes, cut) =>
        {
            var pipeline = Make.Pipeline();
            pipeline.Context.Mailbox.Open(_gateway.Id, 0);
            pipeline.Context.Mailbox.Submit(noise, out _);
            var mutated = good.ToArray();
            foreach (var (index, value) in changes)
                mutated[index] = value;
            pipeline.Context.Mailbox.Submit(mutated.AsSpan(0, cut), out _);
            pipeline.Context.Mailbox.Submit(mutated, out _);
            pipeline.Tick();
        });
    }
}
