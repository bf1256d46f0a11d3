// What the processes of one test share, and their end.
namespace Aetheris.Cluster.Tests;

/// <summary>A temporary home with its own Development keys; ends the processes started in it, by id.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly List<ServerProcess> _processes = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("aetheris-cluster-").FullName;

    /// <summary>All that were started, in order.</summary>
    public IReadOnlyList<ServerProcess> Processes => _processes;

    /// <summary>More environment of every process that is started from now on.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Starts a process in Development.</summary>
    public ServerProcess Start(string binary, params string[] arguments) =>
        Start(binary, new Dictionary<string, string?>(StringComparer.Ordinal), arguments);

    /// <summary>Starts a process in Development with more environment; null removes a variable.</summary>
    public ServerProcess Start(string binary, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["XDG_CONFIG_HOME"] = Path.Combine(Folder, "config"),
        };
        foreach (var (name, value) in Variables.Concat(environment))
            all[name] = value;
        var process = ServerProcess.Start(binary, arguments, all, Folder);
        _processes.Add(process);
        return process;
    }

    /// <summary>Standalone on free ports, ready.</summary>
    public async Task<ServerProcess> StartStandaloneAsync(params string[] arguments)
    {
        var standalone = Start(
            Binaries.Standalone, ["--Aetheris:Gateway:UdpPort=0", "--Aetheris:Gateway:HttpPort=0", .. arguments]);
        await standalone.WaitUntilReadyAsync();
        return standalone;
    }

    /// <summary>A token of the command line for this workplace's keys.</summary>
    public async Task<string> MintAsync(string role)
    {
        var mint = Start(Binaries.Cli, "token", "mint", "--role", role, "--name", "tester");
        Assert.True(await mint.WaitForExitAsync(TimeSpan.FromSeconds(30)) == 0, mint.Output);
        return mint.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
    }

    /// <summary>The command line tool, which must end well.</summary>
    public async Task RunCliAsync(params string[] arguments)
    {
        var cli = Start(Binaries.Cli, arguments);
        Assert.True(await cli.WaitForExitAsync(TimeSpan.FromSeconds(30)) == 0, cli.Output);
    }

    /// <summary>A silo for mode Localhost on given ports, ready.</summary>
    public async Task<ServerProcess> StartSiloAsync(int siloPort, int gatewayPort, params string[] arguments)
    {
        var silo = Start(
            Binaries.Silo, Localhost(siloPort),
            [$"--Aetheris:Cluster:SiloPort={siloPort}", $"--Aetheris:Cluster:GatewayPort={gatewayPort}", "--Aetheris:Cluster:HttpPort=0", .. arguments]);
        await silo.WaitUntilReadyAsync();
        return silo;
    }

    /// <summary>A gateway of that silo, ready.</summary>
    public async Task<ServerProcess> StartGatewayAsync(int siloPort, int gatewayPort, int udpPort, int httpPort)
    {
        var gateway = Start(
            Binaries.Gateway, Localhost(siloPort),
            $"--Aetheris:Cluster:GatewayPort={gatewayPort}", $"--Aetheris:Gateway:UdpPort={udpPort}", $"--Aetheris:Gateway:HttpPort={httpPort}");
        await gateway.WaitUntilReadyAsync();
        return gateway;
    }

    /// <summary>A silo, with more arguments, and its gateway as two processes, ready.</summary>
    public async Task<(ServerProcess Silo, ServerProcess Gateway)> StartPairAsync(params string[] siloArguments)
    {
        int siloPort = FreePort.Tcp(), gatewayPort = FreePort.Tcp();
        var silo = await StartSiloAsync(siloPort, gatewayPort, siloArguments);
        return (silo, await StartGatewayAsync(siloPort, gatewayPort, udpPort: 0, httpPort: 0));
    }

    /// <summary>Bots from the command line tool.</summary>
    public BotRun StartBots(string http, int clients, int seconds, params string[] arguments) => new(
        Start(Binaries.Cli, ["bots", "--http", http, "--clients", $"{clients}", "--seconds", $"{seconds}", "--json", .. arguments]),
        TimeSpan.FromSeconds(seconds + 60));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        KeepLogs();
        Directory.Delete(Folder, recursive: true);
    }

    // Whether the test failed is not known here, so the logs of its last run are always kept, beside the tests' binaries.
    private void KeepLogs()
    {
        if (TestContext.Current.TestMethod is not { } test)
            return;
        var folder = Path.Combine(AppContext.BaseDirectory, "logs", test.MethodName);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        for (var i = 0; i < _processes.Count; i++)
            File.WriteAllText(Path.Combine(folder, $"{i:00}-{_processes[i].Name}.log"), _processes[i].Output);
    }

    private static Dictionary<string, string?> Localhost(int siloPort) => new(StringComparer.Ordinal)
    {
        ["Aetheris__Cluster__Mode"] = "Localhost",
        ["Aetheris__Cluster__PrimaryEndpoint"] = $"127.0.0.1:{siloPort}",
    };
}
