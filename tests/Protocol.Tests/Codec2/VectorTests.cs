// The vectors that other SDKs test against.
using System.Text.Json;
using Aetheris.Cli.Wire;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Protocol.Tests.Codec2;

public sealed class VectorTests
{
    [Theory]
    [InlineData("standard.json", 50)]
    [InlineData("corners.json", 12)]
    public void Every_vector_holds_in_both_directions(string file, int atLeast)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "codec2", file)));
        var output = new StringWriter();
        var run = new Codec2Vectors(output);
        run.RunFile(document.RootElement);
        Assert.Equal(string.Empty, output.ToString());
        Assert.InRange(run.Passed, atLeast, int.MaxValue);
        Assert.Equal(0, run.Failed);
    }

    [Fact]
    public void The_published_tables_are_the_ones_in_use()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "codec2", "tables.json")));
        var tables = document.RootElement;
        Assert.Equal(TrainedTables.Motion.ToArray(), Rows(tables.GetProperty("motion")));
        Assert.Equal(TrainedTables.Slow.ToArray(), Row(tables.GetProperty("slow")));
        Assert.Equal(TrainedTables.Gains.ToArray(), Rows(tables.GetProperty("gains")));
        Assert.Equal(ContextModel.MotionCount, tables.GetProperty("motion")[0].GetArrayLength());
        Assert.DoesNotContain((byte)0, TrainedTables.Motion.ToArray());
    }

    private static byte[] Row(JsonElement row) => [.. row.EnumerateArray().Select(value => value.GetByte())];

    private static byte[] Rows(JsonElement rows) => [.. rows.EnumerateArray().SelectMany(Row)];
}
