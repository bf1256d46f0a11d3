// The reference scenarios, bit for bit.
using Aetheris.Cli;

namespace Aetheris.World.Tests;

public class ScenarioTests
{
    private const string Flight = "{\"name\":\"x\",\"tick_rate\":60,\"ticks\":3,\"spawn\":[{\"client\":1,\"type\":1,\"x\":0,\"y\":0}],\"expect\":[],";

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

    [Fact]
    public void Inputs_of_a_client_without_ship_have_no_effect_and_are_noted_with_their_path()
    {
        var scenario = WorldScenario.Load(Path.Combine(Folder, "slow-room.json"));
        Assert.StartsWith("inputs[0].client: 9 ", scenario.FindDoubt(), StringComparison.Ordinal);
        var without = scenario with { Inputs = [.. scenario.Inputs.Where(input => input.Client != 9)] };
        Assert.Null(without.FindDoubt());
        Assert.Empty(new WorldScenarioRunner(without).Run());
    }

    [Theory]
    [InlineData(Flight + "\"inputs\":[{\"tick\":3,\"client\":1}]}", "inputs[0].tick")]
    [InlineData(Flight + "\"inputs\":[{\"tick\":-1,\"client\":1}]}", "inputs[0].tick")]
    [InlineData(Flight + "\"inputs\":[{\"tick\":0,\"client\":1,\"move\":[1]}]}", "inputs[0].move")]
    [InlineData(Flight + "\"inputs\":[{\"tick\":0,\"client\":1,\"move\":[0,1e39]}]}", "inputs[0].move[1]")]
    [InlineData(Flight + "\"inputs\":[{\"tick\":0,\"client\":1,\"move\":[0,\"NaN\"]}]}", "inputs[0].move[1]")]
    public void Input_that_cannot_be_run_is_refused_with_its_path(string text, string path)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Load(text));
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
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
        var refusal = Assert.Throws<InvalidDataException>(() => Load(text));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static WorldScenarioRunner Load(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return new WorldScenarioRunner(WorldScenario.Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
