// The byte form of control messages: one tagged union, so that both ends read them in one place.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Link;

/// <summary>
/// kind byte 0 | control kind u8 | fields of the kind, little-endian:
/// Accept: connection u32 | player 2×u64 | room string | room epoch u32 | tick u64 | tick rate u16.
/// Reject, Close: reason u8 | connection u32 | text string.
/// Clock: room epoch u32 | tick u64 | margin i32 (µs).
/// InputAck: tick u64 | applied tick u64 | applied count u32 | chain u32 | margin i32 (µs) | received sequence u32 | received history u64.
/// Pause: tick u64 | received sequence u32 | received history u64. Redirect: host string | port u16 | text string.
/// Ping: stamp u64. Pong: stamp u64 | tick u64 | received u64. AuthResult: reason u8 (0 = accepted) | expires u64 | text string.
/// Say: line string. Chat: player 2×u64 | name string | line string.
/// </summary>
public struct ControlMessage
{
    /// <summary>Which message.</summary>
    public ControlKind Kind;

    /// <summary>Accept, Reject, Close: the connection it is about.</summary>
    public ConnectionEpoch Connection;

    /// <summary>Accept: who the client is. Chat: who said it.</summary>
    public PlayerId Player;

    /// <summary>Accept: the room. Redirect: the host. Chat: the speaker's name.</summary>
    public string? Text;

    /// <summary>Reject, Close, Redirect, AuthResult: words for a person. Say, Chat: the line.</summary>
    public string? Reason;

    /// <summary>Reject, Close, AuthResult: the reason; none when a token was accepted.</summary>
    public CloseReason Code;

    /// <summary>Accept, Clock: room epoch.</summary>
    public uint RoomEpoch;

    /// <summary>Accept, Clock, InputAck, Pause, Pong: the newest server tick.</summary>
    public ulong Tick;

    /// <summary>Accept: ticks per second.</summary>
    public ushort TickRate;

    /// <summary>InputAck: largest target tick applied.</summary>
    public ulong AppliedTick;

    /// <summary>InputAck: inputs applied on this connection.</summary>
    public uint AppliedCount;

    /// <summary>InputAck: chain over all inputs applied on this connection.</summary>
    public uint InputChain;

    /// <summary>
    /// InputAck: slack of the input for <see cref="AppliedTick"/>, Clock: of the one for <see cref="Tick"/>: microseconds from its arrival
    /// at the gateway to the frame of its target tick; positive is early; <see cref="int.MinValue"/> = not known.
    /// </summary>
    public int Margin;

    /// <summary>InputAck, Pause: newest input sequence that reached the gateway; 0 = none.</summary>
    public uint ReceivedSequence;

    /// <summary>InputAck, Pause: bit n set = sequence (received − 1 − n) reached the gateway.</summary>
    public ulong ReceivedHistory;

    /// <summary>Redirect: UDP port.</summary>
    public ushort Port;

    /// <summary>Ping, Pong: the client's own stamp.</summary>
    public ulong Stamp;

    /// <summary>Pong: when the gateway received the ping, in microseconds since 1970-01-01 UTC by its own clock.</summary>
    public ulong Received;

    /// <summary>AuthResult: end of the lease, in milliseconds since 1970-01-01 UTC.</summary>
    public ulong Expires;

    /// <summary>Appends the message with its kind byte.</summary>
    /// <exception cref="InvalidOperationException">No such control kind.</exception>
    public readonly void Write(ByteWriter writer)
    {
        writer.WriteByte((byte)LinkKind.Control);
        writer.WriteByte((byte)Kind);
        switch (Kind)
        {
            case ControlKind.Accept:
                writer.WriteUInt32(Connection.Value);
                writer.WriteUInt64(Player.High);
                writer.WriteUInt64(Player.Low);
                writer.WriteString(Text ?? string.Empty);
                writer.WriteUInt32(RoomEpoch);
                writer.WriteUInt64(Tick);
                writer.WriteUInt16(TickRate);
                break;
            case ControlKind.Reject:
            case ControlKind.Close:
                writer.WriteByte((byte)Code);
                writer.WriteUInt32(Connection.Value);
                writer.WriteString(Reason ?? string.Empty);
                break;
            case ControlKind.Clock:
                writer.WriteUInt32(RoomEpoch);
                writer.WriteUInt64(Tick);
                writer.WriteInt32(Margin);
                break;
            case ControlKind.InputAck:
                writer.WriteUInt64(Tick);
                writer.WriteUInt64(AppliedTick);
                writer.WriteUInt32(AppliedCount);
                writer.WriteUInt32(InputChain);
                writer.WriteInt32(Margin);
                writer.WriteUInt32(ReceivedSequence);
                writer.WriteUInt64(ReceivedHistory);
                break;
            case ControlKind.Pause:
                writer.WriteUInt64(Tick);
                writer.WriteUInt32(ReceivedSequence);
                writer.WriteUInt64(ReceivedHistory);
                break;
            case ControlKind.Redirect:
                writer.WriteString(Text ?? string.Empty);
                writer.WriteUInt16(Port);
                writer.WriteString(Reason ?? string.Empty);
                break;
            case ControlKind.Ping:
                writer.WriteUInt64(Stamp);
                break;
            case ControlKind.Pong:
                writer.WriteUInt64(Stamp);
                writer.WriteUInt64(Tick);
                writer.WriteUInt64(Received);
                break;
            case ControlKind.AuthResult:
                writer.WriteByte((byte)Code);
                writer.WriteUInt64(Expires);
                writer.WriteString(Reason ?? string.Empty);
                break;
            case ControlKind.Say:
                writer.WriteString(Reason ?? string.Empty);
                break;
            case ControlKind.Chat:
                writer.WriteUInt64(Player.High);
                writer.WriteUInt64(Player.Low);
                writer.WriteString(Text ?? string.Empty);
                writer.WriteString(Reason ?? string.Empty);
                break;
            default:
                throw new InvalidOperationException("no such control kind: " + Kind);
        }
    }

    /// <summary>Reads a message that starts with its kind byte; false for anything malformed, also trailing bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ControlMessage message)
    {
        message = default;
        var reader = new ByteReader(data);
        if (!(reader.TryReadByte(out var link) && link == (byte)LinkKind.Control && reader.TryReadByte(out var kind)))
            return false;
        message.Kind = (ControlKind)kind;
        return TryReadFields(ref reader, ref message) && reader.Remaining == 0;
    }

    private static bool TryReadFields(ref ByteReader reader, ref ControlMessage message)
    {
        switch (message.Kind)
        {
            case ControlKind.Accept:
                return TryReadConnection(ref reader, ref message)
                    && TryReadPlayer(ref reader, ref message)
                    && TryReadText(ref reader, RoomName.MaxLength, out message.Text)
                    && reader.TryReadUInt32(out message.RoomEpoch)
                    && reader.TryReadUInt64(out message.Tick)
                    && reader.TryReadUInt16(out message.TickRate);
            case ControlKind.Reject:
            case ControlKind.Close:
                return TryReadCode(ref reader, ref message)
                    && TryReadConnection(ref reader, ref message) && TryReadText(ref reader, LinkLimits.MaxReasonText, out message.Reason);
            case ControlKind.Clock:
                return reader.TryReadUInt32(out message.RoomEpoch)
                    && reader.TryReadUInt64(out message.Tick)
                    && reader.TryReadInt32(out message.Margin);
            case ControlKind.InputAck:
                return reader.TryReadUInt64(out message.Tick)
                    && reader.TryReadUInt64(out message.AppliedTick)
                    && reader.TryReadUInt32(out message.AppliedCount)
                    && reader.TryReadUInt32(out message.InputChain)
                    && reader.TryReadInt32(out message.Margin)
                    && reader.TryReadUInt32(out message.ReceivedSequence)
                    && reader.TryReadUInt64(out message.ReceivedHistory);
            case ControlKind.Pause:
                return reader.TryReadUInt64(out message.Tick)
                    && reader.TryReadUInt32(out message.ReceivedSequence)
                    && reader.TryReadUInt64(out message.ReceivedHistory);
            case ControlKind.Redirect:
                return TryReadText(ref reader, LinkLimits.MaxReasonText, out message.Text)
                    && reader.TryReadUInt16(out message.Port)
                    && TryReadText(ref reader, LinkLimits.MaxReasonText, out message.Reason);
            case ControlKind.Ping:
                return reader.TryReadUInt64(out message.Stamp);
            case ControlKind.Pong:
                return reader.TryReadUInt64(out message.Stamp) && reader.TryReadUInt64(out message.Tick) && reader.TryReadUInt64(out message.Received);
            case ControlKind.AuthResult:
                return TryReadCode(ref reader, ref message)
                    && reader.TryReadUInt64(out message.Expires)
                    && TryReadText(ref reader, LinkLimits.MaxReasonText, out message.Reason);
            case ControlKind.Say:
                return TryReadText(ref reader, LinkLimits.MaxChatLine, out message.Reason);
            case ControlKind.Chat:
                return TryReadPlayer(ref reader, ref message)
                    && TryReadText(ref reader, LinkLimits.MaxChatName, out message.Text)
                    && TryReadText(ref reader, LinkLimits.MaxChatLine, out message.Reason);
            default:
                return false;
        }
    }

    private static bool TryReadCode(ref ByteReader reader, ref ControlMessage message)
    {
        var read = reader.TryReadByte(out var code);
        message.Code = (CloseReason)code;
        return read;
    }

    private static bool TryReadConnection(ref ByteReader reader, ref ControlMessage message)
    {
        var read = reader.TryReadUInt32(out var connection);
        message.Connection = new ConnectionEpoch(connection);
        return read;
    }

    private static bool TryReadPlayer(ref ByteReader reader, ref ControlMessage message)
    {
        var low = 0ul;
        var read = reader.TryReadUInt64(out var high) && reader.TryReadUInt64(out low);
        message.Player = new PlayerId(high, low);
        return read;
    }

    private static bool TryReadText(ref ByteReader reader, int maxBytes, out string? text)
    {
        var read = reader.TryReadString(maxBytes, out var value);
        text = value;
        return read;
    }
}
