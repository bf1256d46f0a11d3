// The decoder that was written from the description alone, in another language: whoever writes the third has what it had.
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Aetheris.Protocol.Tests.Codec2;

public sealed class SecondDecoderTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors", "codec2");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Decoder_in_JavaScript_agrees_with_every_vector()
    {
        var vectors = Files().Sum(file => Read(file).Vectors.Count);
        Assert.True(vectors > 100, $"only {vectors} vectors");
        var (code, output) = RunNode([Path.Combine(Folder, "decoder.mjs"), .. Files()]);
        Assert.Equal((0, $"{vectors} passed, 0 failed"), (code, output));
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
            var (code, output) = RunNode([Path.Combine(Folder, "decoder.mjs"), path]);
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

    private static (int Code, string Output) RunNode(string[] arguments)
    {
        using var node = new Process { StartInfo = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, UseShellExecute = false } };
        try
        {
            node.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Fail("node is missing: install nodejs (test.sh does). " + e.Message);
        }

        var output = node.StandardOutput.ReadToEnd().TrimEnd();
        Assert.True(node.WaitForExit(Patience), "node did not end");
        return (node.ExitCode, output);
    }
}
