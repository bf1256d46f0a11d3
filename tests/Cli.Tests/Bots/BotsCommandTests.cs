// The bots command over real UDP and HTTP on loopback, and what it refuses.
using System.CommandLine;
using System.Text.Json;
using Aetheris.Cli.Bots;

namespace Aetheris.Cli.Tests.Bots;

public class BotsCommandTests
{
    private static readonly string[] ContractKeys =
    [
        "clients", "connected", "failed", "disconnects", "reconnects", "seconds", "tick_hz", "snapshots_per_client_s", "down_bytes_per_client_s",
        "up_bytes_per_client_s", "wire_down_bytes_per_client_s", "echo_ms", "gap_ms", "join_ms", "inputs_sent", "inputs_acked", "inputs_lost",
        "inputs_unreceived", "mispredictions", "desyncs", "datagrams_dropped", "errors",
    ];

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Self_test_reports_each_planted_fault_and_none_without(string codec)
    {
        using var server = new FakeServer();
        var (code, output, error) = await RunAsync("--http", server.Url, "--clients", "4", "--seconds", "3", "--self-test", "--json", "--codec", codec);
        Assert.True(code == 0, error + output);
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(ContractKeys, json.EnumerateObject().Take(ContractKeys.Length).Select(p => p.Name));
        Assert.All(json.GetProperty("self_test").EnumerateObject(), fault => Assert.True(fault.Value.GetBoolean(), fault.Name));
        Assert.True(json.GetProperty("desyncs").GetInt32() >= 1);
        Assert.Equal(1, json.GetProperty("inputs_lost").GetInt32());
        Assert.Equal(4, error.Split(" found").Length - 1);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Lossy_churning_run_loses_nothing_and_drops_what_was_asked(string codec)
    {
        using var server = new FakeServer();
        var (code, output, error) = await RunAsync(
            "--http", server.Url, "--clients", "4", "--seconds", "4", "--loss", "0.05", "--latency-ms", "20", "--jitter-ms", "5", "--churn", "1", "--json", "--codec", codec);
        Assert.True(code == 0, error + output);
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(0, json.GetProperty("inputs_lost").GetInt32());
        Assert.Equal(0, json.GetProperty("desyncs").GetInt32());
        Assert.Equal(0, json.GetProperty("disconnects").GetInt32());
        Assert.InRange(json.GetProperty("reconnects").GetInt32(), 2, 5);
        var seen = json.GetProperty("datagrams_seen").GetInt64();
        Assert.InRange(json.GetProperty("datagrams_dropped").GetInt64(), (seen * 0.05) - (4 * Math.Sqrt(seen * 0.0475)), (seen * 0.05) + (4 * Math.Sqrt(seen * 0.0475)));
    }

    [Fact]
    public async Task Interrupted_run_prints_what_it_has_measured()
    {
        using var server = new FakeServer();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments = ["--http", server.Url, "--clients", "2", "--seconds", "60", "--json"];
        var code = await BotsCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, stop.Token);
        Assert.Equal(130, code);
        var json = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.True(json.GetProperty("interrupted").GetBoolean());
        Assert.True(json.GetProperty("inputs_acked").GetInt64() > 0);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("desyncs").ValueKind);
        Assert.True(json.GetProperty("buffer_ticks").GetDouble() > 0);
    }

    [Fact]
    public async Task State_that_cannot_be_read_is_null_and_fails()
    {
        using var server = new FakeServer { ServesState = false };
        var (code, output, _) = await RunAsync("--http", server.Url, "--clients", "1", "--seconds", "1", "--warmup", "0", "--json");
        Assert.Equal(1, code);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(output).RootElement.GetProperty("desyncs").ValueKind);
    }

    [Fact]
    public async Task Nothing_listening_is_one_readable_line()
    {
        var (code, output, error) = await RunAsync("--http", "http://127.0.0.1:9", "--clients", "1", "--seconds", "1");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Single(error.Trim().Split('\n'));
        Assert.StartsWith("bots: cannot reach http://127.0.0.1:9", error);
    }

    [Theory]
    [InlineData("--codec", "0")]
    [InlineData("--codec", "3")]
    [InlineData("--transport", "carrier-pigeon")]
    [InlineData("--loss", "1.5")]
    [InlineData("--clients", "0")]
    [InlineData("--room", "No Such Room")]
    public async Task Wrong_options_are_refused_with_exit_code_2(string option, string value)
    {
        var (code, output, error) = await RunAsync("--http", "http://127.0.0.1:9", option, value);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(option, error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await BotsCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
