// The kinds of vectors ("event", "framed_update", "component:NAME"): decode to JSON, encode from JSON, through the typed codec.
using System;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Identity;

namespace Aetheris.Protocol.Json;

/// <summary>Values of codec 1 by the kind names of WIRE_FORMAT §10.</summary>
public static class WireValueKinds
{
    private const string ComponentPrefix = "component:";

    /// <summary>Whether there is such a kind.</summary>
    public static bool IsKnown(string kind) => kind == "framed_update" || TryGetSchema(kind, out _);

    /// <summary>Decodes and appends the canonical encoding. False for an unknown kind and for bytes the original refuses.</summary>
    public static bool TryCanonicalize(string kind, ReadOnlySpan<byte> data, ByteWriter into)
    {
        switch (kind)
        {
            case "event":
                if (!WireEvent.TryRead(data, out var wireEvent))
                    return false;
                wireEvent.Write(into);
                return true;
            case "framed_update":
                if (!FramedUpdate.TryRead(data, out var update))
                    return false;
                update.Write(into);
                return true;
            case "component:InputCommand":
                if (!InputCommand.TryRead(data, out var input))
                    return false;
                input.Write(into);
                return true;
            case "component:ProjectileMarkerLegacy":
                if (!ProjectileMarkerLegacy.TryRead(data, out var marker))
                    return false;
                marker.Write(into);
                return true;
        }

        if (!kind.StartsWith(ComponentPrefix, StringComparison.Ordinal)
            || !Codec1Components.Standard.TryGet(kind[ComponentPrefix.Length..], out var codec))
        {
            return false;
        }

        var writer = new MessagePackWriter(into);
        var accepted = codec.TryCanonicalize(data, ref writer);
        writer.Flush();
        return accepted;
    }

    /// <summary>Decodes and writes the value. False, and nothing written, for an unknown kind and for bytes the original refuses.</summary>
    public static bool TryDecode(string kind, ReadOnlySpan<byte> data, Utf8JsonWriter json, JsonNumberForm form = JsonNumberForm.Exact)
    {
        if (kind == "framed_update")
            return TryDecodeUpdate(data, json, form);
        var canonical = new ByteWriter();
        if (!TryGetSchema(kind, out var schema) || !TryCanonicalize(kind, data, canonical))
            return false;
        var reader = new MessagePackReader(canonical.Written);
        return WireJson.TryWrite(json, ref reader, schema, form);
    }

    /// <summary>Appends the encoding of a value. False for an unknown kind and for JSON that is no such value.</summary>
    public static bool TryEncode(string kind, JsonElement json, ByteWriter into)
    {
        if (kind == "framed_update")
            return TryEncodeUpdate(json, into);
        if (!TryGetSchema(kind, out var schema))
            return false;
        var encoded = new ByteWriter();
        var writer = new MessagePackWriter(encoded);
        if (!WireJson.TryRead(json, schema, ref writer))
            return false;
        writer.Flush();

        // Through the typed codec, so that it is this codec that speaks and integers too large for their field are refused.
        return TryCanonicalize(kind, encoded.Written, into);
    }

    private static bool TryGetSchema(string kind, out WireSchema schema)
    {
        schema = kind switch
        {
            "event" => WireSchemas.WireEvent,
            "component:InputCommand" => WireSchemas.InputCommand,
            "component:ProjectileMarkerLegacy" => WireSchemas.ProjectileMarkerLegacy,
            _ => null!,
        };
        return schema is not null
            || (kind.StartsWith(ComponentPrefix, StringComparison.Ordinal)
                && ComponentJson.Standard.TryGetKind(kind[ComponentPrefix.Length..], out var number)
                && ComponentJson.Standard.TryGetSchema(number, out schema!));
    }

    private static bool TryDecodeUpdate(ReadOnlySpan<byte> data, Utf8JsonWriter json, JsonNumberForm form)
    {
        if (!FramedUpdate.TryRead(data, out var update))
            return false;
        json.WriteStartObject();
        json.WriteNumber("network_id", update.Entity.Value);
        json.WriteNumber("component_kind", update.Kind);
        json.WriteNumber("tick", update.Tick);
        json.WritePropertyName("payload");
        JsonScalars.WriteBytes(json, update.Payload, form);
        json.WriteEndObject();
        return true;
    }

    private static bool TryEncodeUpdate(JsonElement json, ByteWriter into)
    {
        if (!(json.ValueKind == JsonValueKind.Object
            && json.GetPropertyCount() == 4
            && json.TryGetProperty("network_id", out var entity) && entity.ValueKind == JsonValueKind.Number && entity.TryGetUInt64(out var id)
            && json.TryGetProperty("component_kind", out var kind) && kind.ValueKind == JsonValueKind.Number && kind.TryGetUInt16(out var number)
            && json.TryGetProperty("tick", out var at) && at.ValueKind == JsonValueKind.Number && at.TryGetUInt64(out var tick)
            && json.TryGetProperty("payload", out var bytes) && JsonScalars.TryReadBytes(bytes, out var payload)))
        {
            return false;
        }

        new FramedUpdate { Entity = new NetworkId(id), Kind = number, Tick = tick, Payload = payload }.Write(into);
        return true;
    }
}
