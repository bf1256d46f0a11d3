// The schema of a file of codec-2 vectors.
using System.Text.Json;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Cli.Wire;

/// <summary>Reads and writes a <see cref="Codec2Schema"/> as JSON.</summary>
internal static class Codec2VectorSchema
{
    /// <summary>Reads a schema.</summary>
    public static Codec2Schema Read(JsonElement json) => new(
        json.GetProperty("tick_rate").GetInt32(),
        json.GetProperty("min_x").GetSingle(),
        json.GetProperty("min_y").GetSingle(),
        json.GetProperty("size_x").GetSingle(),
        json.GetProperty("size_y").GetSingle(),
        [.. json.GetProperty("components").EnumerateArray().Select(ReadComponent)],
        [.. json.GetProperty("types").EnumerateArray().Select(ReadType)],
        [.. json.GetProperty("links").EnumerateArray().Select(ReadLink)]);

    /// <summary>Writes a schema.</summary>
    /// <param name="json">Receives one object.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="types">Its types, which the schema does not list.</param>
    public static void Write(Utf8JsonWriter json, Codec2Schema schema, IEnumerable<Codec2Type> types)
    {
        json.WriteStartObject();
        json.WriteNumber("tick_rate", schema.TickRate);
        json.WriteNumber("min_x", schema.MinX);
        json.WriteNumber("min_y", schema.MinY);
        json.WriteNumber("size_x", schema.SizeX / 256f);
        json.WriteNumber("size_y", schema.SizeY / 256f);
        json.WriteStartArray("components");
        foreach (var component in schema.Components)
        {
            json.WriteStartObject();
            json.WriteNumber("bit", component.Bit);
            json.WriteNumber("kind", component.Kind);
            json.WriteString("role", component.Role.ToString().ToLowerInvariant());
            json.WriteNumber("size", component.Size);
            json.WriteNumber("countdown_offset", component.CountdownOffset);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("types");
        foreach (var type in types)
            Write(json, type);
        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in schema.Links)
        {
            json.WriteStartObject();
            json.WriteNumber("bit", link.Bit);
            json.WriteNumber("offset", link.Offset);
            json.WriteNumber("source_bit", link.SourceBit);
            json.WriteNumber("source_offset", link.SourceOffset);
            json.WriteNumber("length", link.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Codec2Type type)
    {
        json.WriteStartObject();
        json.WriteNumber("number", type.Number);
        json.WriteNumber("drag_thousandths", type.DragThousandths);
        json.WriteNumber("turn_rate_thousandths", type.TurnRateThousandths);
        json.WriteNumber("max_acceleration", type.MaxAcceleration);
        json.WriteString("prototype_mask", type.PrototypeMask.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteStartObject("prototype");
        foreach (var (bit, value) in type.Prototype)
            json.WriteString(bit.ToString(System.Globalization.CultureInfo.InvariantCulture), Convert.ToHexStringLower(value));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Codec2Component ReadComponent(JsonElement json) => new(
        json.GetProperty("bit").GetInt32(),
        json.GetProperty("kind").GetUInt16(),
        Enum.Parse<Codec2Role>(json.GetProperty("role").GetString()!, ignoreCase: true),
        json.GetProperty("size").GetInt32(),
        json.GetProperty("countdown_offset").GetInt32());

    private static Codec2Type ReadType(JsonElement json) => new(
        json.GetProperty("number").GetUInt16(),
        json.GetProperty("drag_thousandths").GetInt32(),
        json.GetProperty("turn_rate_thousandths").GetInt32(),
        json.GetProperty("max_acceleration").GetInt32(),
        Codec2VectorState.ReadNumber(json, "prototype_mask"),
        json.GetProperty("prototype").EnumerateObject().ToDictionary(
            value => int.Parse(value.Name, System.Globalization.CultureInfo.InvariantCulture), value => Convert.FromHexString(value.Value.GetString()!)));

    private static Codec2Link ReadLink(JsonElement json) => new(
        json.GetProperty("bit").GetInt32(),
        json.GetProperty("offset").GetInt32(),
        json.GetProperty("source_bit").GetInt32(),
        json.GetProperty("source_offset").GetInt32(),
        json.GetProperty("length").GetInt32());
}
