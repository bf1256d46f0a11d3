// Canonical MessagePack ⇄ JSON, guided by a schema. For tools, the state route and tests; not for hot paths.
using System;
using System.Text.Json;
using Aetheris.Protocol.Codec1.MessagePack;

namespace Aetheris.Protocol.Json;

/// <summary>Turns encoded values into JSON and back.</summary>
public static class WireJson
{
    /// <summary>Writes one canonical value as JSON.</summary>
    /// <returns>False when the bytes do not have the schema's shape; the writer then holds an incomplete document.</returns>
    public static bool TryWrite(Utf8JsonWriter json, scoped ref MessagePackReader reader, WireSchema schema, JsonNumberForm form)
    {
        switch (schema.Kind)
        {
            case WireSchemaKind.Integer:
                if (!reader.TryReadUInt64(out var integer))
                    return false;
                json.WriteNumberValue(integer);
                return true;
            case WireSchemaKind.Single:
                if (!reader.TryReadSingle(out var single))
                    return false;
                JsonScalars.WriteSingle(json, single, form);
                return true;
            case WireSchemaKind.Boolean:
                if (!reader.TryReadBoolean(out var boolean))
                    return false;
                json.WriteBooleanValue(boolean);
                return true;
            case WireSchemaKind.Text:
                if (!reader.TryReadText(out var text))
                    return false;
                json.WriteStringValue(text);
                return true;
            case WireSchemaKind.Bytes:
                if (!reader.TryReadBytes(out var bytes))
                    return false;
                JsonScalars.WriteBytes(json, bytes, form);
                return true;
            case WireSchemaKind.Option:
                var ahead = reader;
                if (!ahead.TryReadNil())
                    return TryWrite(json, ref reader, schema.Items[0]!, form);
                reader = ahead;
                json.WriteNullValue();
                return true;
            case WireSchemaKind.Sequence:
                return TryWriteSequence(json, ref reader, schema, form);
            case WireSchemaKind.Struct:
                return TryWriteStruct(json, ref reader, schema, form);
            case WireSchemaKind.TextMap:
                return TryWriteMap(json, ref reader);
            default:
                return TryWriteEnum(json, ref reader, schema, form);
        }
    }

    /// <summary>Writes JSON as one canonical value. False when the JSON does not have the schema's shape.</summary>
    public static bool TryRead(JsonElement json, WireSchema schema, scoped ref MessagePackWriter writer)
    {
        switch (schema.Kind)
        {
            case WireSchemaKind.Integer:
                if (json.ValueKind != JsonValueKind.Number || !json.TryGetUInt64(out var integer))
                    return false;
                writer.WriteUInt(integer);
                return true;
            case WireSchemaKind.Single:
                if (!JsonScalars.TryReadSingle(json, out var single))
                    return false;
                writer.WriteSingle(single);
                return true;
            case WireSchemaKind.Boolean:
                if (json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    return false;
                writer.WriteBoolean(json.GetBoolean());
                return true;
            case WireSchemaKind.Text:
                if (json.ValueKind != JsonValueKind.String)
                    return false;
                writer.WriteString(json.GetString());
                return true;
            case WireSchemaKind.Bytes:
                if (!JsonScalars.TryReadBytes(json, out var bytes))
                    return false;
                writer.WriteBytes(bytes);
                return true;
            case WireSchemaKind.Option:
                if (json.ValueKind != JsonValueKind.Null)
                    return TryRead(json, schema.Items[0]!, ref writer);
                writer.WriteNil();
                return true;
            case WireSchemaKind.Sequence:
                return TryReadSequence(json, schema, ref writer);
            case WireSchemaKind.Struct:
                return TryReadStruct(json, schema, ref writer);
            case WireSchemaKind.TextMap:
                return TryReadMap(json, ref writer);
            default:
                return TryReadEnum(json, schema, ref writer);
        }
    }

    private static bool TryWriteSequence(Utf8JsonWriter json, scoped ref MessagePackReader reader, WireSchema schema, JsonNumberForm form)
    {
        if (!reader.TryBeginSequence(out var count))
            return false;
        json.WriteStartArray();
        for (var i = 0u; i < count; i++)
        {
            if (!TryWrite(json, ref reader, schema.Items[0]!, form))
                return false;
        }

        json.WriteEndArray();
        reader.EndSequence();
        return true;
    }

    private static bool TryReadSequence(JsonElement json, WireSchema schema, scoped ref MessagePackWriter writer)
    {
        if (json.ValueKind != JsonValueKind.Array || (schema.Length >= 0 && json.GetArrayLength() != schema.Length))
            return false;
        writer.WriteArrayHead(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            if (!TryRead(item, schema.Items[0]!, ref writer))
                return false;
        }

        return true;
    }

    private static bool TryWriteStruct(Utf8JsonWriter json, scoped ref MessagePackReader reader, WireSchema schema, JsonNumberForm form)
    {
        if (!reader.TryBeginArray(schema.Names.Length))
            return false;
        json.WriteStartObject();
        for (var i = 0; i < schema.Names.Length; i++)
        {
            json.WritePropertyName(schema.Names[i]);
            if (!TryWrite(json, ref reader, schema.Items[i]!, form))
                return false;
        }

        json.WriteEndObject();
        reader.EndSequence();
        return true;
    }

    private static bool TryReadStruct(JsonElement json, WireSchema schema, scoped ref MessagePackWriter writer)
    {
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != schema.Names.Length)
            return false;
        writer.WriteArrayHead(schema.Names.Length);
        for (var i = 0; i < schema.Names.Length; i++)
        {
            if (!json.TryGetProperty(schema.Names[i], out var field) || !TryRead(field, schema.Items[i]!, ref writer))
                return false;
        }

        return true;
    }

    private static bool TryWriteMap(Utf8JsonWriter json, scoped ref MessagePackReader reader)
    {
        if (!reader.TryBeginMap(out var count))
            return false;
        json.WriteStartObject();
        for (var i = 0u; i < count; i++)
        {
            if (!(reader.TryReadText(out var key) && reader.TryReadText(out var value)))
                return false;
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        reader.EndSequence();
        return true;
    }

    private static bool TryReadMap(JsonElement json, scoped ref MessagePackWriter writer)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return false;
        writer.WriteMapHead(json.GetPropertyCount());
        foreach (var entry in json.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
                return false;
            writer.WriteString(entry.Name);
            writer.WriteString(entry.Value.GetString());
        }

        return true;
    }

    private static bool TryWriteEnum(Utf8JsonWriter json, scoped ref MessagePackReader reader, WireSchema schema, JsonNumberForm form)
    {
        if (!reader.TryReadVariant(schema.Variants, out var index, out var hasBody))
            return false;
        var body = schema.Items[index];
        if (body is null || !hasBody)
        {
            json.WriteStringValue(schema.Names[index]);
            return body is null && !hasBody;
        }

        json.WriteStartObject();
        json.WritePropertyName(schema.Names[index]);
        if (!TryWrite(json, ref reader, body, form))
            return false;
        json.WriteEndObject();
        return true;
    }

    private static bool TryReadEnum(JsonElement json, WireSchema schema, scoped ref MessagePackWriter writer)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            var unit = Array.IndexOf(schema.Names, json.GetString());
            if (unit < 0 || schema.Items[unit] is not null)
                return false;
            writer.WriteUnitVariant(schema.Variants, unit);
            return true;
        }

        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != 1)
            return false;
        foreach (var entry in json.EnumerateObject())
        {
            var index = Array.IndexOf(schema.Names, entry.Name);
            if (index < 0 || schema.Items[index] is not { } body)
                return false;
            writer.WriteVariantHead(schema.Variants, index);
            return TryRead(entry.Value, body, ref writer);
        }

        return false;
    }
}
