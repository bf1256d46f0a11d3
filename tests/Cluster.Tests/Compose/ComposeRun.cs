// The compose file's services as processes, since no container engine runs in the tests.
using System.Globalization;
using System.Security.Cryptography;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Cluster.Tests.Compose;

/// <summary>
/// Each service of ours with its own command and environment; what a container's network would give is put in its place: names become
/// 127.0.0.1, and every port a free one, the same wherever it is named.
/// </summary>
internal sealed class ComposeRun(Workplace workplace, ComposeFile file)
{
    private const string PortSuffix = "Port";
    private const string RedisHost = "redis";
    private const string RedisPort = "6379";
    private const string SigningKey = "AETHERIS_SIGNING_KEY";
    private const string ClusterSecret = "AETHERIS_CLUSTER_SECRET";

    private readonly Dictionary<(string Service, string Port), int> _ports = [];

    public Dictionary<string, ServerProcess> Processes { get; } = new(StringComparer.Ordinal);

    /// <summary>A key as the compose file's first lines make one.</summary>
    public string Key { get; } = Convert.ToBase64String(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKey());

    public async Task StartAsync()
    {
        var redis = file.Services[RedisHost];
        var server = await RedisServer.StartAsync(workplace, command: redis.Command.Skip(1));
        _ports[(RedisHost, RedisPort)] = server.Port;
        foreach (var service in file.Services.Values.Where(service => service.Dockerfile is not null))
            Processes[service.Name] = workplace.Start(BinaryOf(service), Environment(service), [.. service.Command]);
        foreach (var process in Processes.Values)
            await process.WaitUntilReadyAsync();
    }

    /// <summary>The HTTP address of a service, by the port it has in its container.</summary>
    public string Http(string service, string containerPort) => $"http://127.0.0.1:{_ports[(service, containerPort)]}";

    private Dictionary<string, string?> Environment(ComposeService service)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { [SigningKey] = Key, [ClusterSecret] = "correct horse battery staple" };
        var environment = service.Environment(values).ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        foreach (var (name, value) in environment.ToList())
        {
            if (name.EndsWith(PortSuffix, StringComparison.Ordinal))
                environment[name] = Free(service.Name, value!).ToString(CultureInfo.InvariantCulture);
            else if (value == $"{RedisHost}:{RedisPort}")
                environment[name] = $"127.0.0.1:{_ports[(RedisHost, RedisPort)]}";
            else if (file.Services.ContainsKey(value!) && value == service.Name && name.EndsWith("Host", StringComparison.Ordinal))
                environment[name] = "127.0.0.1";
        }

        // A variable that the compose file does not set is not set in a container either.
        environment.TryAdd("ASPNETCORE_ENVIRONMENT", null);
        return environment;
    }

    private int Free(string service, string port)
    {
        if (!_ports.TryGetValue((service, port), out var free))
            _ports[(service, port)] = free = FreePort.Both();
        return free;
    }

    private static string BinaryOf(ComposeService service) => service.Image switch
    {
        "aetheris/silo" => Binaries.Silo,
        "aetheris/gateway" => Binaries.Gateway,
        _ => throw new InvalidOperationException($"no binary is known for the image {service.Image}"),
    };
}
