// A reliable event of a room: sent once to everyone it is addressed to.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Events;

/// <summary>One event. Byte form: kind u8 | tick u64 | to 2×u64 | connection u32 | entity u64 | other u64 | x f32 | y f32 | amount i32 | reason u8.</summary>
public struct RoomEvent
{
    /// <summary>What happened.</summary>
    public RoomEventKind Kind;

    /// <summary>Server tick in which it happened; a client shows it when its view reaches that tick.</summary>
    public ulong Tick;

    /// <summary>Addressee; <see cref="PlayerId.None"/> means everyone in the room.</summary>
    public PlayerId To;

    /// <summary>The addressee's connection that is meant, if one is.</summary>
    public ConnectionEpoch Connection;

    /// <summary>The entity it is about.</summary>
    public NetworkId Entity;

    /// <summary>The other entity.</summary>
    public NetworkId Other;

    /// <summary>Metres.</summary>
    public float X;

    /// <summary>Metres.</summary>
    public float Y;

    /// <summary>Points, ore or ticks.</summary>
    public int Amount;

    /// <summary>An enum value that the kind names.</summary>
    public byte Reason;

    /// <summary>Appends the byte form.</summary>
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte((byte)Kind);
        writer.WriteUInt64(Tick);
        writer.WriteUInt64(To.High);
        writer.WriteUInt64(To.Low);
        writer.WriteUInt32(Connection.Value);
        writer.WriteUInt64(Entity.Value);
        writer.WriteUInt64(Other.Value);
        writer.WriteSingle(X);
        writer.WriteSingle(Y);
        writer.WriteInt32(Amount);
        writer.WriteByte(Reason);
    }

    /// <summary>Reads the byte form.</summary>
    public static bool TryRead(ref ByteReader reader, out RoomEvent value)
    {
        value = default;
        if (!(reader.TryReadByte(out var kind)
            && reader.TryReadUInt64(out value.Tick)
            && reader.TryReadUInt64(out var high)
            && reader.TryReadUInt64(out var low)
            && reader.TryReadUInt32(out var connection)
            && reader.TryReadUInt64(out var entity)
            && reader.TryReadUInt64(out var other)
            && reader.TryReadSingle(out value.X)
            && reader.TryReadSingle(out value.Y)
            && reader.TryReadInt32(out value.Amount)
            && reader.TryReadByte(out value.Reason)))
        {
            return false;
        }

        value.Kind = (RoomEventKind)kind;
        value.To = new PlayerId(high, low);
        value.Connection = new ConnectionEpoch(connection);
        value.Entity = new NetworkId(entity);
        value.Other = new NetworkId(other);
        return true;
    }
}
