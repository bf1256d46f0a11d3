// Configuration of the cluster: which processes belong together and where they listen.
using System.Net;
using Aetheris.Hosting.Redis;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Configuration;

namespace Aetheris.Hosting.Cluster;

/// <summary>Section <c>Aetheris:Cluster</c>. Read while the host is composed, because the mode decides what is composed.</summary>
public sealed class ClusterOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Aetheris:Cluster";

    /// <summary>Port of a silo for other silos.</summary>
    public const int DefaultSiloPort = 11111;

    /// <summary>Port of a silo for gateways.</summary>
    public const int DefaultGatewayPort = 30000;

    private const string EmbeddedWord = "embedded";

    /// <summary>How processes find each other. Standalone: Memory, the others: Localhost.</summary>
    public ClusterMode Mode { get; set; }

    /// <summary>Port of this silo for other silos; 0 picks a free one. Unset: 11111, alone in its process a free one.</summary>
    public int? SiloPort { get; set; }

    /// <summary>Port of a silo for gateways, in the silo and, in mode Localhost, in its gateways; 0 picks a free one. Unset: 30000, alone in its process none.</summary>
    public int? GatewayPort { get; set; }

    /// <summary>HTTP port of a silo (health, metrics); 0 picks a free one.</summary>
    public int? HttpPort { get; set; }

    /// <summary>
    /// Redis: IP address or host name under which others reach this silo. The silo ports know no passwords: anything but a loopback address
    /// opens them to the network.
    /// </summary>
    public string AdvertisedHost { get; set; } = "127.0.0.1";

    /// <summary>Localhost: address of the silo that keeps the membership. Unset: this silo.</summary>
    public string? PrimaryEndpoint { get; set; }

    /// <summary>Processes with another id are another cluster.</summary>
    public string ClusterId { get; set; } = "aetheris";

    /// <summary>Name of the service whose state this is, over all its clusters.</summary>
    public string ServiceId { get; set; } = "aetheris";

    /// <summary>Name of this silo for operators. Unset: machine name and port.</summary>
    public string? SiloName { get; set; }

    /// <summary>Redis: connection string, or <c>embedded</c>.</summary>
    public string? Redis { get; set; }

    /// <summary>Folder of the embedded store. Unset: <c>aetheris/store</c> in the user's application-data folder.</summary>
    public string? Data { get; set; }

    /// <summary>Whether the store is inside this process, which is then the whole cluster.</summary>
    public bool IsEmbedded => Mode == ClusterMode.Redis && string.Equals(Redis, EmbeddedWord, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether membership is this process's own affair.</summary>
    public bool IsAlone => Mode == ClusterMode.Memory || IsEmbedded;

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="StartupException">A value is wrong; the message names its key.</exception>
    public static ClusterOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var mode = section[nameof(Mode)];
        if (mode is not null && !(Enum.TryParse<ClusterMode>(mode, ignoreCase: true, out var known) && Enum.IsDefined(known)))
            throw new StartupException($"{Section}:{nameof(Mode)} is '{mode}': Memory, Localhost or Redis is expected");
        var options = section.Get<ClusterOptions>() ?? new ClusterOptions();
        CheckPort(nameof(SiloPort), options.SiloPort);
        CheckPort(nameof(GatewayPort), options.GatewayPort);
        CheckPort(nameof(HttpPort), options.HttpPort);
        if (string.IsNullOrWhiteSpace(options.ClusterId))
            throw new StartupException($"{Section}:{nameof(ClusterId)} must not be empty");
        if (string.IsNullOrWhiteSpace(options.ServiceId))
            throw new StartupException($"{Section}:{nameof(ServiceId)} must not be empty");
        if (options.PrimaryEndpoint is not null && !(IPEndPoint.TryParse(options.PrimaryEndpoint, out var primary) && primary.Port > 0))
            throw new StartupException($"{Section}:{nameof(PrimaryEndpoint)} is '{options.PrimaryEndpoint}': address:port is expected, such as 127.0.0.1:11111");
        if (string.IsNullOrWhiteSpace(options.AdvertisedHost) || Uri.CheckHostName(options.AdvertisedHost) == UriHostNameType.Unknown)
            throw new StartupException($"{Section}:{nameof(AdvertisedHost)} is '{options.AdvertisedHost}': an IP address or host name is expected");
        if (options.Mode == ClusterMode.Redis)
            options.CheckRedis();
        return options;
    }

    /// <summary>Refuses modes that an executable cannot run in.</summary>
    /// <exception cref="StartupException">It cannot; the message says what can.</exception>
    public void ThrowIfUnfitFor(ProcessRole role)
    {
        if (IsEmbedded && role != ProcessRole.Standalone)
            throw new StartupException($"{RedisSettings.Key}={EmbeddedWord} is a store inside one process: use Standalone, or the connection string of a Redis server here");
        if (Mode == ClusterMode.Memory && role != ProcessRole.Standalone)
            throw new StartupException($"{Section}:{nameof(Mode)}=Memory is one process with everything in it: use Standalone, or Localhost here");
    }

    private void CheckRedis()
    {
        if (string.IsNullOrWhiteSpace(Redis))
            throw new StartupException($"{RedisSettings.Key} is missing: in mode Redis it names the server, such as localhost:6379, or is {EmbeddedWord} in Standalone");
        if (!IsEmbedded)
            RedisSettings.Parse(Redis);
    }

    private static void CheckPort(string name, int? port)
    {
        if (port is < 0 or > ushort.MaxValue)
            throw new StartupException($"{Section}:{name} must be a port: 0 to 65535, where 0 picks a free one");
    }
}
