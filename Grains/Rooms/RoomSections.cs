// Byte forms that carriages and snapshots share.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>Little-endian sections; every read is bounded by what is left and answers false for anything malformed.</summary>
internal static class RoomSections
{
    /// <summary>Starts that a room remembers: gateways older than these begin anew.</summary>
    public const int MaxStarts = 16;

    private const int SubscriberBytes = 8 + 1 + 4 + 8 + 2;
    private const int StartBytes = 12;

    /// <summary>count u16 × | gateway u64 | receives u8 | acknowledged epoch u32 | acknowledged seq u64 | reference u16 + bytes.</summary>
    public static void WriteSubscriber(ByteWriter writer, in SubscriberState subscriber)
    {
        writer.WriteUInt64(subscriber.Gateway.Value);
        writer.WriteBoolean(subscriber.Receives);
        writer.WriteUInt32(subscriber.AckEpoch);
        writer.WriteUInt64(subscriber.AckSeq);
        writer.WriteUInt16((ushort)subscriber.Reference.Length);
        writer.WriteBytes(subscriber.Reference);
    }

    /// <summary>Reads subscribers; their observers are not resolved.</summary>
    public static bool TryReadSubscribers(ref ByteReader reader, List<SubscriberState> into)
    {
        if (!reader.TryReadUInt16(out var count) || count > reader.Remaining / SubscriberBytes)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt64(out var gateway) && gateway != 0
                && reader.TryReadBoolean(out var receives)
                && reader.TryReadUInt32(out var epoch)
                && reader.TryReadUInt64(out var seq)
                && reader.TryReadUInt16(out var length) && length <= IObserverReferences.MaxBytes
                && reader.TryReadBytes(length, out var reference)))
            {
                return false;
            }

            into.Add(new SubscriberState(new GatewayId(gateway), null, reference.ToArray(), receives, epoch, seq));
        }

        return true;
    }

    /// <summary>count u16 × | epoch u32 | tick u64, oldest first.</summary>
    public static void WriteStarts(ByteWriter writer, IReadOnlyList<EpochStart> starts)
    {
        var first = Math.Max(0, starts.Count - MaxStarts);
        writer.WriteUInt16((ushort)(starts.Count - first));
        for (var i = first; i < starts.Count; i++)
        {
            writer.WriteUInt32(starts[i].Epoch);
            writer.WriteUInt64(starts[i].Tick);
        }
    }

    /// <summary>Reads starts; epochs rise.</summary>
    public static bool TryReadStarts(ref ByteReader reader, List<EpochStart> into)
    {
        if (!reader.TryReadUInt16(out var count) || count > MaxStarts || count > reader.Remaining / StartBytes)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt32(out var epoch) && reader.TryReadUInt64(out var tick)) || (i > 0 && epoch <= into[^1].Epoch))
                return false;
            into.Add(new EpochStart(epoch, tick));
        }

        return true;
    }
}
