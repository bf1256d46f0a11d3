// The reference scenarios, bit for bit.
using Aetheris.Cli;

namespace Aetheris.World.Tests;

public class ScenarioTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors", "world");

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Scenario_is_reproduced_bit_for_bit(string file) =>
        Assert.Empty(new WorldScenarioRunner(WorldScenario.Load(Path.Combine(Folder, file))).Run());

    [Fact]
    public void All_ten_motion_and_mining_scenarios_are_there() => Assert.Equal(10, Files.Count);

    [Fact]
    public void One_wrong_bit_in_a_scenario_is_reported()
    {
        var scenario = WorldScenario.Load(Path.Combine(Folder, "overdriven.json"));
        var ship = scenario.Expect[^1].Ships[0];
        var wrong = ship with { Vx = "0x" + (WorldScenario.ParseBits(ship.Vx) ^ 1).ToString("X8") };
        var last = scenario.Expect[^1] with { Ships = [wrong, .. scenario.Expect[^1].Ships.Skip(1)] };
        var mismatches = new WorldScenarioRunner(scenario with { Expect = [.. scenario.Expect.SkipLast(1), last] }).Run();
        Assert.Contains("vx", Assert.Single(mismatches), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"name\":")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":null,\"inputs\":[],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[null],\"inputs\":[],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":0,\"ticks\":3,\"spawn\":[],\"inputs\":[],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[{\"client\":1,\"type\":5,\"x\":0,\"y\":0}],\"inputs\":[],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[],\"inputs\":[],\"expect\":[{\"tick\":3,\"ships\":[]}]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[],\"inputs\":[],\"expect\":[],\"seed\":1}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"ticks\":4,\"spawn\":[],\"inputs\":[],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[],\"inputs\":[{\"tick\":0,\"client\":1,\"fire\":true}],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[],\"inputs\":[{\"tick\":-1,\"client\":1}],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[],\"inputs\":[{\"tick\":0,\"client\":1,\"move\":[1]}],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[{\"client\":1,\"type\":1,\"x\":1e39,\"y\":0}],\"inputs\":[],\"expect\":[]}")]
    [InlineData("{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[{\"client\":1,\"type\":1,\"x\":0,\"y\":0},{\"client\":1,\"type\":1,\"x\":0,\"y\":0}],\"inputs\":[],\"expect\":[]}")]
    public void What_is_no_scenario_is_refused_in_one_line(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            var refusal = Assert.Throws<InvalidDataException>(() => new WorldScenarioRunner(WorldScenario.Load(path)));
            Assert.DoesNotContain('\n', refusal.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
