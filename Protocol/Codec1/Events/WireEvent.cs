// The only messages besides framed updates that cross the wire in codec 1. Source: WIRE_FORMAT §3.
using System;
using System.Text;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary>
/// A tagged union: only the fields of its <see cref="Kind"/> travel. Spans point into the message it was read from.
/// </summary>
public ref struct WireEvent
{
    // What the original reports when its fixed buffer is too small for an event, whatever the event needs.
    private const int OverflowEstimate = 256;

    private static readonly EnumShape Variants = new(
        "Ping", "Pong", "Auth", "Fragment", "StressTest", "Spawn", "ClearWorld", "StartSession", "RequestSystemManifest", "GameEvent", "ReplicationBatch");

    private static readonly StructShape TickShape = new("tick");
    private static readonly StructShape AuthShape = new("session_token");
    private static readonly StructShape StressShape = new("count", "rotate");
    private static readonly StructShape SpawnShape = new("entity_type", "x", "y", "rot");

    /// <summary>Which event.</summary>
    public WireEventKind Kind;

    /// <summary><see cref="WireEventKind.Ping"/>, <see cref="WireEventKind.Pong"/>: chosen by the sender of the ping.</summary>
    public ulong Tick;

    /// <summary><see cref="WireEventKind.Auth"/>: the token, valid UTF-8.</summary>
    public ReadOnlySpan<byte> SessionToken;

    /// <summary><see cref="WireEventKind.Fragment"/>.</summary>
    public FragmentedEvent Fragment;

    /// <summary><see cref="WireEventKind.StressTest"/>: entities; the server clamps it to 1,000.</summary>
    public ushort Count;

    /// <summary><see cref="WireEventKind.StressTest"/>: random rotations.</summary>
    public bool Rotate;

    /// <summary><see cref="WireEventKind.Spawn"/>: WORLD_RULES §4.</summary>
    public ushort EntityType;

    /// <summary><see cref="WireEventKind.Spawn"/>: metres; any bits, also not finite.</summary>
    public float X;

    /// <summary><see cref="WireEventKind.Spawn"/>: metres; any bits, also not finite.</summary>
    public float Y;

    /// <summary><see cref="WireEventKind.Spawn"/>: radians; any bits, also not finite.</summary>
    public float Rotation;

    /// <summary><see cref="WireEventKind.GameEvent"/>.</summary>
    public GameEvent Game;

    /// <summary><see cref="WireEventKind.ReplicationBatch"/>.</summary>
    public ReplicationBatch Batch;

    /// <summary>The token as a string.</summary>
    public readonly string GetSessionToken() => Encoding.UTF8.GetString(SessionToken);

    /// <summary>Reads an event; bytes after it are ignored. False for anything the original refuses.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out WireEvent value)
    {
        var reader = new MessagePackReader(message);
        value = default;
        if (!reader.TryReadVariant(Variants, out var index, out var hasBody))
            return false;
        value.Kind = (WireEventKind)index;
        switch (value.Kind)
        {
            case WireEventKind.ClearWorld:
            case WireEventKind.StartSession:
            case WireEventKind.RequestSystemManifest:
                return !hasBody || reader.TryReadNil();
            case WireEventKind.Fragment:
                return hasBody && FragmentedEvent.TryRead(ref reader, out value.Fragment);
            case WireEventKind.GameEvent:
                return hasBody && GameEvent.TryRead(ref reader, out value.Game);
            case WireEventKind.ReplicationBatch:
                return hasBody && ReplicationBatch.TryRead(ref reader, out value.Batch);
            default:
                return hasBody && TryReadFields(ref reader, value.Kind, out value);
        }
    }

    /// <summary>Writes the canonical form.</summary>
    public readonly void Write(scoped ref MessagePackWriter writer)
    {
        if (Kind is WireEventKind.ClearWorld or WireEventKind.StartSession or WireEventKind.RequestSystemManifest)
        {
            writer.WriteUnitVariant(Variants, (int)Kind);
            return;
        }

        writer.WriteVariantHead(Variants, (int)Kind);
        switch (Kind)
        {
            case WireEventKind.Auth:
                writer.WriteArrayHead(1);
                writer.WriteText(SessionToken);
                break;
            case WireEventKind.Fragment:
                Fragment.Write(ref writer);
                break;
            case WireEventKind.StressTest:
                writer.WriteArrayHead(2);
                writer.WriteUInt(Count);
                writer.WriteBoolean(Rotate);
                break;
            case WireEventKind.Spawn:
                writer.WriteArrayHead(4);
                writer.WriteUInt(EntityType);
                writer.WriteSingle(X);
                writer.WriteSingle(Y);
                writer.WriteSingle(Rotation);
                break;
            case WireEventKind.GameEvent:
                Game.Write(ref writer);
                break;
            case WireEventKind.ReplicationBatch:
                Batch.Write(ref writer);
                break;
            default:
                writer.WriteArrayHead(1);
                writer.WriteUInt(Tick);
                break;
        }
    }

    /// <summary>Appends the canonical form.</summary>
    public readonly void Write(ByteWriter into)
    {
        var writer = new MessagePackWriter(into);
        Write(ref writer);
        writer.Flush();
    }

    /// <summary>Writes the canonical form into a fixed buffer; false with the overflow when it does not fit.</summary>
    public readonly bool TryWrite(Span<byte> destination, out int written, out BufferOverflow overflow)
    {
        var writer = new MessagePackWriter(destination);
        Write(ref writer);
        written = writer.Overflowed ? 0 : writer.Length;
        overflow = writer.Overflowed ? new BufferOverflow(OverflowEstimate, destination.Length) : default;
        return !writer.Overflowed;
    }

    internal static void WriteBatchHead(scoped ref MessagePackWriter writer) =>
        writer.WriteVariantHead(Variants, (int)WireEventKind.ReplicationBatch);

    private static bool TryReadFields(scoped ref MessagePackReader reader, WireEventKind kind, out WireEvent value)
    {
        value = default;
        value.Kind = kind;
        var shape = value.Kind switch
        {
            WireEventKind.Auth => AuthShape,
            WireEventKind.StressTest => StressShape,
            WireEventKind.Spawn => SpawnShape,
            _ => TickShape,
        };
        if (!reader.TryBeginStruct(shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = (value.Kind, field) switch
            {
                (WireEventKind.Auth, _) => reader.TryReadText(out value.SessionToken),
                (WireEventKind.StressTest, 0) => reader.TryReadUInt16(out value.Count),
                (WireEventKind.StressTest, _) => reader.TryReadBoolean(out value.Rotate),
                (WireEventKind.Spawn, 0) => reader.TryReadUInt16(out value.EntityType),
                (WireEventKind.Spawn, 1) => reader.TryReadSingle(out value.X),
                (WireEventKind.Spawn, 2) => reader.TryReadSingle(out value.Y),
                (WireEventKind.Spawn, _) => reader.TryReadSingle(out value.Rotation),
                _ => reader.TryReadUInt64(out value.Tick),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }
}
