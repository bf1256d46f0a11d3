// A game event of codec 1. Source: WIRE_FORMAT §3.
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Codec1.Events;

/// <summary>A tagged union: only the fields of its <see cref="Kind"/> travel.</summary>
public ref struct GameEvent
{
    private static readonly EnumShape Variants = new(
        "AsteroidDepleted", "Possession", "SystemManifest", "DamageEvent", "DeathEvent", "RespawnEvent", "CargoCollected");

    private static readonly StructShape EntityShape = new("network_id");
    private static readonly StructShape ManifestShape = new("manifest");
    private static readonly StructShape DamageShape = new("source", "target", "amount");
    private static readonly StructShape DeathShape = new("target");
    private static readonly StructShape RespawnShape = new("target", "x", "y");
    private static readonly StructShape CargoShape = new("network_id", "amount");

    /// <summary>What happened.</summary>
    public GameEventKind Kind;

    /// <summary>The entity it is about: <c>network_id</c> or <c>target</c> on the wire.</summary>
    public NetworkId Entity;

    /// <summary><see cref="GameEventKind.DamageEvent"/>: who did it.</summary>
    public NetworkId Source;

    /// <summary><see cref="GameEventKind.DamageEvent"/>: points. <see cref="GameEventKind.CargoCollected"/>: ore.</summary>
    public ushort Amount;

    /// <summary><see cref="GameEventKind.RespawnEvent"/>: metres.</summary>
    public float X;

    /// <summary><see cref="GameEventKind.RespawnEvent"/>: metres.</summary>
    public float Y;

    /// <summary><see cref="GameEventKind.SystemManifest"/>: the entries.</summary>
    public SystemManifest Manifest;

    /// <summary>Writes the enum (without the WireEvent around it).</summary>
    public readonly void Write(scoped ref MessagePackWriter writer)
    {
        writer.WriteVariantHead(Variants, (int)Kind);
        switch (Kind)
        {
            case GameEventKind.SystemManifest:
                writer.WriteArrayHead(1);
                Manifest.Write(ref writer);
                break;
            case GameEventKind.DamageEvent:
                writer.WriteArrayHead(3);
                writer.WriteUInt(Source.Value);
                writer.WriteUInt(Entity.Value);
                writer.WriteUInt(Amount);
                break;
            case GameEventKind.RespawnEvent:
                writer.WriteArrayHead(3);
                writer.WriteUInt(Entity.Value);
                writer.WriteSingle(X);
                writer.WriteSingle(Y);
                break;
            case GameEventKind.CargoCollected:
                writer.WriteArrayHead(2);
                writer.WriteUInt(Entity.Value);
                writer.WriteUInt(Amount);
                break;
            default:
                writer.WriteArrayHead(1);
                writer.WriteUInt(Entity.Value);
                break;
        }
    }

    /// <summary>Reads the enum; false for anything the original refuses.</summary>
    public static bool TryRead(scoped ref MessagePackReader reader, out GameEvent value)
    {
        value = default;
        if (!reader.TryReadVariant(Variants, out var index, out var hasBody) || !hasBody)
            return false;
        value.Kind = (GameEventKind)index;
        var shape = value.Kind switch
        {
            GameEventKind.SystemManifest => ManifestShape,
            GameEventKind.DamageEvent => DamageShape,
            GameEventKind.DeathEvent => DeathShape,
            GameEventKind.RespawnEvent => RespawnShape,
            GameEventKind.CargoCollected => CargoShape,
            _ => EntityShape,
        };
        if (!reader.TryBeginStruct(shape, out var fields))
            return false;
        while (fields.TryNext(ref reader, out var field))
        {
            var read = (value.Kind, field) switch
            {
                (GameEventKind.SystemManifest, _) => SystemManifest.TryRead(ref reader, out value.Manifest),
                (GameEventKind.DamageEvent, 0) => TryReadId(ref reader, out value.Source),
                (GameEventKind.DamageEvent, 1) => TryReadId(ref reader, out value.Entity),
                (GameEventKind.DamageEvent, _) => reader.TryReadUInt16(out value.Amount),
                (_, 0) => TryReadId(ref reader, out value.Entity),
                (GameEventKind.CargoCollected, _) => reader.TryReadUInt16(out value.Amount),
                (_, 1) => reader.TryReadSingle(out value.X),
                _ => reader.TryReadSingle(out value.Y),
            };
            if (!read)
                return false;
        }

        return fields.TryEnd(ref reader);
    }

    private static bool TryReadId(scoped ref MessagePackReader reader, out NetworkId id)
    {
        var read = reader.TryReadId(out ulong value);
        id = new NetworkId(value);
        return read;
    }
}
