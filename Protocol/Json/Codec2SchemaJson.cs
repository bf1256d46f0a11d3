// A codec-2 schema as JSON: in vector files, and for clients that are not built from the world's definition.
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Protocol.Json;

/// <summary>The form is described in tests/vectors/codec2/README.md.</summary>
public static class Codec2SchemaJson
{
    /// <summary>Steps per metre in which a schema keeps its sides.</summary>
    private const float StepsPerMetre = 256f;

    /// <summary>Writes a schema as one object.</summary>
    public static void Write(Utf8JsonWriter json, Codec2Schema schema)
    {
        json.WriteStartObject();
        json.WriteNumber("tick_rate", schema.TickRate);
        json.WriteNumber("min_x", schema.MinX);
        json.WriteNumber("min_y", schema.MinY);
        json.WriteNumber("size_x", schema.SizeX / StepsPerMetre);
        json.WriteNumber("size_y", schema.SizeY / StepsPerMetre);
        json.WriteStartArray("components");
        foreach (var component in schema.Components)
            Write(json, component);
        json.WriteEndArray();
        json.WriteStartArray("types");
        for (var number = 0; number <= ushort.MaxValue; number++)
        {
            if (schema.TryGetType((ushort)number, out var type))
                Write(json, type);
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in schema.Links)
            Write(json, link);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Codec2Component component)
    {
        json.WriteStartObject();
        json.WriteNumber("bit", component.Bit);
        json.WriteNumber("kind", component.Kind);
        json.WriteString("role", component.Role.ToString().ToLowerInvariant());
        json.WriteNumber("size", component.Size);
        json.WriteNumber("countdown_offset", component.CountdownOffset);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Codec2Type type)
    {
        json.WriteStartObject();
        json.WriteNumber("number", type.Number);
        json.WriteNumber("drag_thousandths", type.DragThousandths);
        json.WriteNumber("turn_rate_thousandths", type.TurnRateThousandths);
        json.WriteNumber("max_acceleration", type.MaxAcceleration);
        json.WriteString("prototype_mask", type.PrototypeMask.ToString(CultureInfo.InvariantCulture));
        json.WriteStartObject("prototype");
        foreach (var pair in type.Prototype)
            json.WriteString(pair.Key.ToString(CultureInfo.InvariantCulture), ToHex(pair.Value));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string ToHex(byte[] bytes)
    {
        var text = new StringBuilder(bytes.Length * 2);
        foreach (var value in bytes)
            text.Append(value.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static void Write(Utf8JsonWriter json, Codec2Link link)
    {
        json.WriteStartObject();
        json.WriteNumber("bit", link.Bit);
        json.WriteNumber("offset", link.Offset);
        json.WriteNumber("source_bit", link.SourceBit);
        json.WriteNumber("source_offset", link.SourceOffset);
        json.WriteNumber("length", link.Length);
        json.WriteEndObject();
    }
}
