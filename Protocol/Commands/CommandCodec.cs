// The byte form of commands in batches (gateway → room) and in frames (room → gateway, the log).
using System;
using System.Text;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Commands;

/// <summary>
/// Writes and reads one command: kind u8 | player 2×u64 | connection u32 | fields of the kind. Little-endian.
/// Origin (gateway, sequence) is written by the container, which knows whether it varies.
/// </summary>
public static class CommandCodec
{
    /// <summary>Longest name in a Join, in bytes of UTF-8.</summary>
    public const int MaxNameBytes = 64;

    /// <summary>Longest payload of a game's own command, in bytes.</summary>
    public const int MaxPayloadBytes = 1024;

    /// <summary>Appends a command without its origin.</summary>
    /// <exception cref="ArgumentException">Name or payload too long, or no such kind.</exception>
    public static void Write(ByteWriter writer, in Command command)
    {
        writer.WriteByte((byte)command.Kind);
        writer.WriteUInt64(command.Player.High);
        writer.WriteUInt64(command.Player.Low);
        writer.WriteUInt32(command.Connection.Value);
        switch (command.Kind)
        {
            case CommandKind.Input:
                command.Input.Write(writer);
                break;
            case CommandKind.Join:
                writer.WriteBoolean(command.Spectator);
                writer.WriteBoolean(command.Privileged);
                writer.WriteUInt16(command.EntityType);
                var start = writer.Length;
                writer.WriteString(command.Name ?? string.Empty);
                if (writer.Length - start - 2 > MaxNameBytes)
                    throw new ArgumentException("name longer than " + MaxNameBytes + " bytes", nameof(command));
                break;
            case CommandKind.Leave:
                writer.WriteByte((byte)command.Reason);
                break;
            case CommandKind.Spawn:
                writer.WriteBoolean(command.Privileged);
                writer.WriteUInt16(command.EntityType);
                writer.WriteSingle(command.X);
                writer.WriteSingle(command.Y);
                writer.WriteSingle(command.Rotation);
                break;
            case CommandKind.StressTest:
                writer.WriteBoolean(command.Privileged);
                writer.WriteUInt16(command.Count);
                writer.WriteBoolean(command.Rotate);
                break;
            case CommandKind.ClearWorld:
                writer.WriteBoolean(command.Privileged);
                break;
            case CommandKind.GatewayGone:
                writer.WriteUInt64(command.GoneGateway.Value);
                break;
            case >= CommandKind.FirstCustom:
                if (command.Payload.Length > MaxPayloadBytes)
                    throw new ArgumentException("payload longer than " + MaxPayloadBytes + " bytes", nameof(command));
                writer.WriteUInt16((ushort)command.Payload.Length);
                writer.WriteBytes(command.Payload.Span);
                break;
            default:
                throw new ArgumentException("no such command kind: " + command.Kind, nameof(command));
        }
    }

    /// <summary>Appends a command with its origin before it: gateway u64 | sequence u64.</summary>
    /// <exception cref="ArgumentException">As <see cref="Write"/>.</exception>
    public static void WriteWithOrigin(ByteWriter writer, in Command command)
    {
        writer.WriteUInt64(command.Gateway.Value);
        writer.WriteUInt64(command.Sequence);
        Write(writer, command);
    }

    /// <summary>Reads the form of <see cref="WriteWithOrigin"/>; false for anything malformed.</summary>
    public static bool TryReadWithOrigin(ref ByteReader reader, out Command command)
    {
        command = default;
        if (!(reader.TryReadUInt64(out var gateway) && reader.TryReadUInt64(out var sequence) && TryRead(ref reader, out command)))
            return false;
        command.Gateway = new GatewayId(gateway);
        command.Sequence = sequence;
        return true;
    }

    /// <summary>Reads a command without its origin; false for anything malformed, also a payload or name over its bound.</summary>
    public static bool TryRead(ref ByteReader reader, out Command command)
    {
        command = default;
        if (!(reader.TryReadByte(out var kind)
            && reader.TryReadUInt64(out var high)
            && reader.TryReadUInt64(out var low)
            && reader.TryReadUInt32(out var connection)))
        {
            return false;
        }

        command.Kind = (CommandKind)kind;
        command.Player = new PlayerId(high, low);
        command.Connection = new ConnectionEpoch(connection);
        return command.Kind switch
        {
            CommandKind.Input => ShipInput.TryRead(ref reader, out command.Input),
            CommandKind.Join => reader.TryReadBoolean(out command.Spectator)
                && reader.TryReadBoolean(out command.Privileged)
                && reader.TryReadUInt16(out command.EntityType)
                && TryReadName(ref reader, ref command),
            CommandKind.Leave => TryReadReason(ref reader, ref command),
            CommandKind.Spawn => reader.TryReadBoolean(out command.Privileged)
                && reader.TryReadUInt16(out command.EntityType)
                && reader.TryReadSingle(out command.X)
                && reader.TryReadSingle(out command.Y)
                && reader.TryReadSingle(out command.Rotation),
            CommandKind.StressTest => reader.TryReadBoolean(out command.Privileged)
                && reader.TryReadUInt16(out command.Count)
                && reader.TryReadBoolean(out command.Rotate),
            CommandKind.ClearWorld => reader.TryReadBoolean(out command.Privileged),
            CommandKind.GatewayGone => TryReadGone(ref reader, ref command),
            >= CommandKind.FirstCustom => TryReadPayload(ref reader, ref command),
            _ => false,
        };
    }

    private static bool TryReadName(ref ByteReader reader, ref Command command)
    {
        var read = reader.TryReadString(MaxNameBytes, out var name);
        command.Name = name;

        // Invalid UTF-8 becomes replacement characters, which are longer: the log must be able to write what it has read.
        return read && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes;
    }

    private static bool TryReadReason(ref ByteReader reader, ref Command command)
    {
        var read = reader.TryReadByte(out var reason);
        command.Reason = (LeaveReason)reason;
        return read;
    }

    private static bool TryReadGone(ref ByteReader reader, ref Command command)
    {
        var read = reader.TryReadUInt64(out var gateway);
        command.GoneGateway = new GatewayId(gateway);
        return read;
    }

    private static bool TryReadPayload(ref ByteReader reader, ref Command command)
    {
        if (!reader.TryReadUInt16(out var count) || count > MaxPayloadBytes || !reader.TryReadBytes(count, out var bytes))
            return false;
        command.Payload = bytes.ToArray();
        return true;
    }
}
