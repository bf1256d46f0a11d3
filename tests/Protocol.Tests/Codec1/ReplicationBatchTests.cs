// The gateway writes batches in place, the client walks them in place.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec1;

public sealed class ReplicationBatchTests
{
    private static readonly Gen<(ulong Entity, ushort Kind, byte[] Payload, ulong Tick)[]> Updates =
        Gen.Select(Gen.ULong, Gen.UShort, Gen.Byte.Array[0, 40], Gen.ULong).Array[0, 40];

    [Fact]
    public void A_batch_written_in_place_is_the_canonical_event()
    {
        Updates.Sample(updates =>
        {
            var buffer = new ByteWriter(16);
            buffer.WriteByte(1);
            var batch = ReplicationBatchWriter.Begin(buffer);
            foreach (var (entity, kind, payload, tick) in updates)
            {
                var expected = batch.EncodedLengthWith(ReplicationBatchWriter.LengthOf(new NetworkId(entity), kind, payload.Length, tick));
                Assert.True(batch.TryAppend(new NetworkId(entity), kind, payload, tick, int.MaxValue));
                Assert.Equal(expected, batch.EncodedLength);
            }

            var length = batch.End();
            Assert.Equal(1 + length, buffer.Length);
            Assert.True(WireEvent.TryRead(buffer.Written[1..], out var read));
            var canonical = new ByteWriter();
            read.Write(canonical);
            Assert.Equal(canonical.Written, buffer.Written[1..]);
            Assert.Equal(updates.Length, read.Batch.Count);
            var next = 0;
            foreach (var update in read.Batch)
            {
                var (entity, kind, payload, tick) = updates[next++];
                Assert.Equal(new NetworkId(entity), update.Entity);
                Assert.Equal(kind, update.Kind);
                Assert.Equal(payload, update.Payload);
                Assert.Equal(tick, update.Tick);
            }
        });
    }

    [Fact]
    public void A_batch_closes_before_it_outgrows_a_datagram()
    {
        Gen.Select(Gen.Int[0, 60], Gen.ULong[0, 1000]).Sample((payloadLength, id) =>
        {
            var buffer = new ByteWriter();
            var batch = ReplicationBatchWriter.Begin(buffer);
            var payload = new byte[payloadLength];
            while (batch.TryAppend(new NetworkId(id), 1, payload, 5))
                Assert.InRange(batch.EncodedLength, 1, Codec1Limits.MaxEvent);
            var length = batch.End();
            Assert.InRange(length, 1, Codec1Limits.MaxEvent);
            Assert.True(length + ReplicationBatchWriter.LengthOf(new NetworkId(id), 1, payloadLength, 5) > Codec1Limits.MaxEvent - 2);
        });
    }

    [Fact]
    public void Writing_and_walking_a_batch_allocates_nothing()
    {
        var buffer = new ByteWriter(4096);
        Span<byte> payload = stackalloc byte[64];
        var sum = 0L;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            buffer.Clear();
            var transform = new Transform { X = round, EntityType = 1 };
            var batch = ReplicationBatchWriter.Begin(buffer);
            Codec1Components.Standard.TryGet<Transform>(ComponentKinds.Transform, out var codec);
            for (ulong id = 1; codec.TryWrite(payload, in transform, out var written); id++)
            {
                if (!batch.TryAppend(new NetworkId(id), codec.Kind, payload[..written], 7))
                    break;
            }

            batch.End();
            WireEvent.TryRead(buffer.Written, out var read);
            foreach (var update in read.Batch)
            {
                codec.TryRead(update.Payload, out var value);
                sum += value.EntityType;
            }

            if (round == 2)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(sum > 3 * 25);
    }

    [Fact]
    public void An_abandoned_batch_leaves_no_trace()
    {
        var buffer = new ByteWriter();
        buffer.WriteByte(9);
        ReplicationBatchWriter.Begin(buffer).Abandon();
        Assert.Equal([9], buffer.Written.ToArray());
    }
}
