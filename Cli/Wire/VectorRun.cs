// Runs vector files through the codec in both directions. Schema: WIRE_FORMAT §10.
using System.Text;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Json;

namespace Aetheris.Cli.Wire;

/// <summary>Counts vectors that hold and prints a line for each thing that does not.</summary>
internal sealed class VectorRun(TextWriter output)
{
    /// <summary>Vectors of which everything held.</summary>
    public int Passed { get; private set; }

    /// <summary>Vectors of which something did not.</summary>
    public int Failed { get; private set; }

    /// <summary>Runs every vector of a file: an array of objects.</summary>
    /// <exception cref="JsonException">Not such a file.</exception>
    public void RunFile(JsonElement vectors)
    {
        if (vectors.ValueKind != JsonValueKind.Array)
            throw new JsonException("a vector file is an array of vectors");
        var position = 0;
        foreach (var vector in vectors.EnumerateArray())
        {
            if (Run(vector, position++))
                Passed++;
            else
                Failed++;
        }
    }

    private bool Run(JsonElement vector, int position)
    {
        var name = Text(vector, "name") ?? "#" + position;
        var kind = Text(vector, "kind");
        if (kind is null || !WireValueKinds.IsKnown(kind))
            return Mismatch(name, "no such kind: " + (kind ?? "(none)"));
        if (Text(vector, "hex") is not { } hex || !JsonScalars.TryParseHex(hex, out var bytes))
            return Mismatch(name, "hex is missing or not hexadecimal");

        var expect = Text(vector, "expect");
        if (expect is not (null or "accept" or "reject"))
            return Mismatch(name, "expect is neither accept nor reject: " + expect);
        var decoded = TryDecode(kind, bytes);
        if (expect == "reject")
            return decoded is null || Mismatch(name, "accepted although it must be rejected: " + decoded);
        if (!vector.TryGetProperty("value", out var value))
            return Mismatch(name, "value is missing");

        var holds = true;
        if (decoded is null)
            holds = Mismatch(name, "rejected although it must be accepted");
        else if (!Same(decoded, value))
            holds = Mismatch(name, $"decode: expected {value.GetRawText()}, got {decoded}");

        var canonical = expect is null ? hex : Text(vector, "canonical_hex") ?? hex;
        var reencoded = new ByteWriter();
        if (decoded is not null && (!WireValueKinds.TryCanonicalize(kind, bytes, reencoded) || !SameHex(reencoded, canonical)))
            holds = Mismatch(name, $"re-encode: expected {canonical}, got {Convert.ToHexStringLower(reencoded.Written)}");

        var encoded = new ByteWriter();
        if (!WireValueKinds.TryEncode(kind, value, encoded))
            holds = Mismatch(name, "encode: the value is refused");
        else if (!SameHex(encoded, canonical))
            holds = Mismatch(name, $"encode: expected {canonical}, got {Convert.ToHexStringLower(encoded.Written)}");
        return holds;
    }

    private static string? TryDecode(string kind, byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            if (!WireValueKinds.TryDecode(kind, bytes, json))
                return null;
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static bool Same(string decoded, JsonElement expected)
    {
        using var document = JsonDocument.Parse(decoded);
        return JsonElement.DeepEquals(document.RootElement, expected);
    }

    private static bool SameHex(ByteWriter bytes, string hex) =>
        string.Equals(Convert.ToHexStringLower(bytes.Written), hex, StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement vector, string property) =>
        vector.ValueKind == JsonValueKind.Object && vector.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private bool Mismatch(string name, string what)
    {
        output.WriteLine($"{name}: {what}");
        return false;
    }
}
