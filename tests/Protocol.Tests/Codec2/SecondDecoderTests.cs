// The JavaScript client's decoder. It was written from the description alone: whoever writes the third has what it had.
using System.Text.Json.Nodes;

namespace Aetheris.Protocol.Tests.Codec2;

public sealed class SecondDecoderTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors", "codec2");
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "client", "test", "vectors.mjs");

    [Fact]
    public void Decoder_in_JavaScript_agrees_with_every_vector_and_with_the_tables()
    {
        var vectors = Files().Sum(file => Read(file).Vectors.Count);
        Assert.True(vectors > 100, $"only {vectors} vectors");
        var (code, output) = Node.Run([Script, Path.Combine(Folder, "tables.json"), .. Files()]);

        // The tables count as one more.
        Assert.Equal((0, $"{vectors + 1} passed, 0 failed"), (code, output));
    }

    [Theory]
    [InlineData("standard.json")]
    [InlineData("corners.json")]
    public void Decoder_in_JavaScript_notices_a_flipped_byte_in_every_vector(string name)
    {
        var (file, vectors) = Read(Path.Combine(Folder, name));
        var flipped = 0;
        foreach (var vector in vectors.Where(vector => vector["expect"]!.GetValue<string>() == "accept"))
        {
            var bytes = Convert.FromHexString(vector["hex"]!.GetValue<string>());

            // A block of one byte says "nobody", and any of many values of that byte says it.
            if (bytes.Length == 1)
                continue;
            bytes[0] ^= 0x80;
            vector["hex"] = Convert.ToHexStringLower(bytes);
            flipped++;
        }

        Assert.True(flipped > 0);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, file.ToJsonString());
            var (code, output) = Node.Run([Script, path]);
            Assert.Equal(1, code);
            Assert.Equal($"{vectors.Count - flipped} passed, {flipped} failed", output.Split('\n')[^1]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string[] Files() => [Path.Combine(Folder, "standard.json"), Path.Combine(Folder, "corners.json")];

    private static (JsonNode File, List<JsonNode> Vectors) Read(string path)
    {
        var file = JsonNode.Parse(File.ReadAllText(path))!;
        return (file, [.. file["blocks"]!.AsArray().Concat(file["datagrams"]!.AsArray()).Select(vector => vector!)]);
    }
}
