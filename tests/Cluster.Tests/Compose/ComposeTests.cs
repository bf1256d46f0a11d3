// docker-compose.yml: consistent in itself, and its services carry players.
using System.Text.RegularExpressions;

namespace Aetheris.Cluster.Tests.Compose;

public sealed class ComposeTests
{
    private const int Clients = 10;
    private static readonly ComposeFile File = ComposeFile.Read(Path.Combine(Binaries.Root, "docker-compose.yml"));

    [Fact]
    public async Task The_services_run_together_and_carry_players_through_both_gateways()
    {
        await using var workplace = new Workplace();
        var run = new ComposeRun(workplace, File);
        await run.StartAsync();
        string[] gateways = [run.Http("gateway-1", "8080"), run.Http("gateway-2", "8082")];
        var key = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Aetheris__Auth__SigningKey"] = run.Key };
        var mint = workplace.Start(Binaries.Cli, key, "token", "mint", "--role", "admin", "--name", "compose");
        Assert.True(await mint.WaitForExitAsync(TimeSpan.FromSeconds(30)) == 0, mint.Output);
        var operators = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AETHERIS_TOKEN"] = mint.Stdout.Trim().Split('\n')[^1] };

        var bots = gateways.Select((http, i) => new BotRun(
            workplace.Start(Binaries.Cli, operators, "bots", "--http", http, "--clients", $"{Clients}", "--seconds", "5", "--room", $"compose-{i}", "--json"),
            TimeSpan.FromSeconds(60))).ToList();

        foreach (var flight in bots)
            (await flight.FinishAsync()).AssertUndisturbed(Clients);
        foreach (var (name, process) in run.Processes.OrderBy(service => service.Key, StringComparer.Ordinal))
            Assert.True(await process.StopAsync() == 0, $"{name}: {process.Output}");
    }

    [Fact]
    public void What_the_services_name_exists()
    {
        foreach (var service in File.Services.Values)
        {
            Assert.All(service.DependsOn, other => Assert.Contains(other, File.Services.Keys));
            if (service.Dockerfile is { } dockerfile)
                Assert.True(System.IO.File.Exists(Path.Combine(Binaries.Root, dockerfile)), dockerfile);
            foreach (var folder in service.Volumes.Where(volume => volume.StartsWith("./", StringComparison.Ordinal)).Select(volume => volume.Split(':')[0]))
                Assert.True(Path.Exists(Path.Combine(Binaries.Root, folder)), folder);
        }

        Assert.Equal(["gateway-1", "gateway-2", "grafana", "prometheus", "redis", "silo-1", "silo-2"], File.Services.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_services_want_the_same_port_of_the_host_and_players_are_told_the_port_that_they_reach()
    {
        Assert.Distinct(File.Services.Values.SelectMany(service => service.Ports).Select(port => (port.Host, port.Protocol)));
        foreach (var gateway in File.Services.Values.Where(service => service.Image == "aetheris/gateway"))
            Assert.All(gateway.Ports, port => Assert.Equal(port.Container, port.Host));
    }

    [Fact]
    public void Images_are_built_without_downloads_and_run_the_process_itself()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Binaries.Root, "deploy", "docker"), "*.Dockerfile"))
        {
            var text = System.IO.File.ReadAllText(file);
            Assert.DoesNotMatch(new Regex("curl|wget|apt-get|dotnet restore|nuget", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)), text);
            Assert.Matches(new Regex("^ENTRYPOINT \\[\"\\./Aetheris\\.\\w+\"\\]$", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), text);
            Assert.Matches(new Regex("^USER ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), text);
        }
    }

    [Fact]
    public void Prometheus_scrapes_every_silo_and_gateway_where_it_listens()
    {
        var scraped = Regex.Matches(
            System.IO.File.ReadAllText(Path.Combine(Binaries.Root, "deploy", "prometheus", "prometheus.yml")), "\"(?<target>[a-z0-9-]+:\\d+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => match.Groups["target"].Value);
        var key = new Dictionary<string, string>(StringComparer.Ordinal) { ["AETHERIS_SIGNING_KEY"] = string.Empty, ["AETHERIS_CLUSTER_SECRET"] = string.Empty };
        var serving = from service in File.Services.Values
                      from setting in service.Environment(key)
                      where setting.Key.EndsWith("__HttpPort", StringComparison.Ordinal)
                      select $"{service.Name}:{setting.Value}";

        Assert.Equal(serving.Order(StringComparer.Ordinal), scraped.Order(StringComparer.Ordinal));
    }
}
