// Every vector file of the codec, both directions.
using System.Text;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Json;

namespace Aetheris.Protocol.Tests.Codec1;

public sealed class VectorTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors", "codec1"), "*.json").Select(path => Path.GetFileName(path)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_vector_holds_in_both_directions(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "codec1", file)));
        var count = 0;
        foreach (var vector in document.RootElement.EnumerateArray())
        {
            var name = vector.GetProperty("name").GetString();
            var kind = vector.GetProperty("kind").GetString()!;
            var hex = vector.GetProperty("hex").GetString()!;
            var rejected = vector.TryGetProperty("expect", out var expect) && expect.GetString() == "reject";
            var canonical = vector.TryGetProperty("canonical_hex", out var form) ? form.GetString()! : hex;
            var bytes = Convert.FromHexString(hex);
            var decoded = Decode(kind, bytes);
            count++;
            if (rejected)
            {
                Assert.True(decoded is null, name);
                continue;
            }

            Assert.True(decoded is not null, name);
            using var actual = JsonDocument.Parse(decoded);
            Assert.True(JsonElement.DeepEquals(vector.GetProperty("value"), actual.RootElement), name + ": " + decoded);
            var into = new ByteWriter();
            Assert.True(WireValueKinds.TryEncode(kind, vector.GetProperty("value"), into), name);
            Assert.Equal(canonical, Convert.ToHexStringLower(into.Written));
        }

        Assert.NotEqual(0, count);
    }

    private static string? Decode(string kind, byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            if (!WireValueKinds.TryDecode(kind, bytes, json))
                return null;
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
