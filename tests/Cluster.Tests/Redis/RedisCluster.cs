// Silos, gateways and Redis as processes of one test.
using Aetheris.Cluster.Tests.Api;

namespace Aetheris.Cluster.Tests.Redis;

/// <summary>A cluster in mode Redis on free loopback ports. Its processes end with the workplace.</summary>
internal sealed class RedisCluster
{
    private readonly Workplace _workplace;
    private readonly string[] _settings;

    private RedisCluster(Workplace workplace, RedisServer redis, string[] settings)
    {
        _workplace = workplace;
        Redis = redis;
        _settings = settings;
    }

    public RedisServer Redis { get; }

    public List<ServerProcess> Silos { get; } = [];

    public List<ServerProcess> Gateways { get; } = [];

    /// <summary>Starts all parts, ready.</summary>
    /// <param name="workplace">Owner of the processes.</param>
    /// <param name="silos">Silos, named s1, s2 ….</param>
    /// <param name="gateways">Gateways.</param>
    /// <param name="settings">Arguments of every silo and gateway; each reads what concerns it.</param>
    public static async Task<RedisCluster> StartAsync(Workplace workplace, int silos = 2, int gateways = 2, params string[] settings) =>
        await StartOnAsync(workplace, await RedisServer.StartAsync(workplace), silos, gateways, settings);

    /// <summary>The same on a Redis of one's own, which need not run yet.</summary>
    public static async Task<RedisCluster> StartOnAsync(Workplace workplace, RedisServer redis, int silos = 1, int gateways = 1, params string[] settings)
    {
        var cluster = new RedisCluster(workplace, redis, settings);
        // Together: each takes seconds to start, and waits for what it needs.
        var starting = Enumerable.Range(1, silos).Select(number => cluster.StartSiloAsync($"s{number}")).ToList();
        var entering = Enumerable.Range(1, gateways).Select(_ => cluster.StartGatewayAsync()).ToList();
        cluster.Silos.AddRange(await Task.WhenAll(starting));
        cluster.Gateways.AddRange(await Task.WhenAll(entering));
        return cluster;
    }

    /// <summary>One more silo, ready; not in <see cref="Silos"/>.</summary>
    public async Task<ServerProcess> StartSiloAsync(string name, params string[] arguments)
    {
        var silo = _workplace.Start(
            Binaries.Silo,
            [
                "--Aetheris:Cluster:Mode=Redis", $"--Aetheris:Cluster:Redis={Redis.ConnectionString}", $"--Aetheris:Cluster:SiloName={name}",
                "--Aetheris:Cluster:SiloPort=0", "--Aetheris:Cluster:GatewayPort=0", "--Aetheris:Cluster:HttpPort=0", "--Aetheris:Demo:Pilots=0",
                // A test that moves rooms has no other hand in it.
                .. _settings.Any(setting => setting.Contains("RebalanceSeconds", StringComparison.Ordinal)) ? Array.Empty<string>() : ["--Aetheris:Rooms:RebalanceSeconds=0"],
                .. _settings, .. arguments,
            ]);
        await silo.WaitUntilReadyAsync();
        return silo;
    }

    /// <summary>One more gateway, ready; not in <see cref="Gateways"/>.</summary>
    public async Task<ServerProcess> StartGatewayAsync(params string[] arguments)
    {
        var gateway = _workplace.Start(
            Binaries.Gateway,
            [
                "--Aetheris:Cluster:Mode=Redis", $"--Aetheris:Cluster:Redis={Redis.ConnectionString}",
                "--Aetheris:Gateway:UdpPort=0", "--Aetheris:Gateway:HttpPort=0", .. _settings, .. arguments,
            ]);
        await gateway.WaitUntilReadyAsync();
        return gateway;
    }

    /// <summary>The operators' routes of a gateway, with an admin's token.</summary>
    public async Task<AdminApi> AdminAsync(int gateway = 0) => new(Gateways[gateway].Http, await _workplace.MintAsync("admin"));
}
