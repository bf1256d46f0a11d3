// The wire command's exit codes and last lines, which scripts rely on.
using System.CommandLine;
using Aetheris.Cli.Wire;

namespace Aetheris.Cli.Tests.Wire;

public sealed class WireCommandTests
{
    private const string Good = """{"name":"good","kind":"event","hex":"81a450696e679105","value":{"Ping":{"tick":5}}}""";
    private const string Bad = """{"name":"bad","kind":"event","hex":"81a450696e679105","value":{"Ping":{"tick":6}}}""";
    private const string Rejected = """{"name":"rejected","kind":"event","hex":"c1","expect":"reject","why":"reserved"}""";

    [Theory]
    [InlineData("[" + Good + "," + Rejected + "]", "2 passed, 0 failed", 0)]
    [InlineData("[" + Good + "," + Bad + "]", "1 passed, 1 failed", 1)]
    [InlineData("[]", "0 passed, 0 failed", 1)]
    [InlineData("[3]", "0 passed, 1 failed", 1)]
    public void Verify_counts_vectors_and_fails_when_one_fails_or_none_ran(string file, string lastLine, int exitCode)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, file);
            var (code, output, _) = Run("verify", path);
            Assert.Equal(exitCode, code);
            Assert.Equal(lastLine, output.TrimEnd().Split('\n')[^1].TrimEnd());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Verify_says_when_there_are_no_vectors()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "empty.json");
            var (code, _, error) = Run("verify", folder.FullName);
            Assert.Equal((1, "no vectors in " + folder.FullName), (code, error.TrimEnd()));
            File.WriteAllText(file, "[]");
            (code, _, error) = Run("verify", file);
            Assert.Equal((1, "no vectors in " + file), (code, error.TrimEnd()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(Good, "2 passed, 0 failed", 0)]
    [InlineData(Bad, "1 passed, 1 failed", 1)]
    public void Verify_runs_every_file_of_a_folder(string second, string lastLine, int exitCode)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a.json"), "[" + Rejected + "]");
            File.WriteAllText(Path.Combine(folder.FullName, "b.json"), "[" + second + "]");
            File.WriteAllText(Path.Combine(folder.FullName, "README.md"), "no vectors");
            var (code, output, error) = Run("verify", folder.FullName);
            Assert.Equal((exitCode, lastLine), (code, output.TrimEnd().Split('\n')[^1].TrimEnd()));
            Assert.Empty(error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Verify_names_and_leaves_out_what_is_no_vector_file_in_a_folder_but_not_what_was_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var other = Path.Combine(folder.FullName, "tables.json");
            File.WriteAllText(other, """{"motion":[]}""");
            File.WriteAllText(Path.Combine(folder.FullName, "vectors.json"), "[" + Rejected + "]");
            var (code, output, error) = Run("verify", folder.FullName);
            Assert.Equal((0, "tables.json: not a vector file, left out\n1 passed, 0 failed", string.Empty), (code, output.ReplaceLineEndings("\n").TrimEnd(), error));
            (code, output, error) = Run("verify", other);
            Assert.Equal((1, string.Empty), (code, output));
            Assert.Contains("tables.json", error);

            File.WriteAllText(other, "{ broken");
            Assert.Equal(1, Run("verify", folder.FullName).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("codec1", 150)]
    [InlineData("codec2", 100)]
    public void Every_folder_of_vectors_of_this_repository_holds(string name, int atLeast)
    {
        var (code, output, error) = Run("verify", Path.Combine(AppContext.BaseDirectory, "vectors", name));
        Assert.Equal((0, string.Empty), (code, error));
        var counts = output.TrimEnd().Split('\n')[^1].Split(' ');
        Assert.InRange(int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture), atLeast, int.MaxValue);
        Assert.Equal("0", counts[2]);
    }

    [Theory]
    [InlineData("verify", "/no/such/file.json")]
    [InlineData("decode", "--kind", "event", "c1")]
    [InlineData("decode", "--kind", "event", "xyz")]
    [InlineData("decode", "--kind", "component:Nothing", "00")]
    [InlineData("encode", "--kind", "event", "{")]
    [InlineData("encode", "--kind", "event", """{"Ping":{"tick":-1}}""")]
    [InlineData("encode", "--kind", "event", """{"Auth":{"session_token":"\ud800"}}""")]
    public void What_cannot_be_read_is_one_line_on_stderr(params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Encode_and_decode_are_each_others_inverse()
    {
        const string Json = """{"x":0.1,"y":-2,"z":0,"rotation":3.5,"entity_type":1}""";
        var (_, hex, _) = Run("encode", "--kind", "component:Transform", Json);
        var (code, json, _) = Run("decode", "--plain", "--kind", "component:Transform", hex.Trim());
        Assert.Equal(0, code);
        Assert.Equal(Json, json.Trim());
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = WireCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
