// The schema of a file of codec-2 vectors.
using System.Text.Json;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Cli.Wire;

/// <summary>Reads what <see cref="Protocol.Json.Codec2SchemaJson"/> writes.</summary>
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
