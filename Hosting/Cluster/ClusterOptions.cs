// Configuration of the cluster: which processes belong together and where they listen.
using System.Net;
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

    /// <summary>How processes find each other. Standalone: Memory, the others: Localhost.</summary>
    public ClusterMode Mode { get; set; }

    /// <summary>Port of this silo for other silos; 0 picks a free one. Unset: 11111, in Memory a free one.</summary>
    public int? SiloPort { get; set; }

    /// <summary>Port of a silo for gateways, in the silo and in its gateways; 0 picks a free one. Unset: 30000, in Memory none.</summary>
    public int? GatewayPort { get; set; }

    /// <summary>HTTP port of a silo (health, metrics); 0 picks a free one.</summary>
    public int? HttpPort { get; set; }

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

    /// <summary>Folder of the embedded store.</summary>
    public string? Data { get; set; }

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
        return options;
    }

    /// <summary>Refuses modes that an executable cannot run in.</summary>
    /// <exception cref="StartupException">It cannot; the message says what can.</exception>
    public void ThrowIfUnfitFor(ProcessRole role)
    {
        if (Mode == ClusterMode.Redis)
            throw new StartupException($"{Section}:{nameof(Mode)}=Redis is not built yet and comes with a later release: use Memory (Standalone) or Localhost");
        if (Mode == ClusterMode.Memory && role != ProcessRole.Standalone)
            throw new StartupException($"{Section}:{nameof(Mode)}=Memory is one process with everything in it: use Standalone, or Localhost here");
    }

    private static void CheckPort(string name, int? port)
    {
        if (port is < 0 or > ushort.MaxValue)
            throw new StartupException($"{Section}:{name} must be a port: 0 to 65535, where 0 picks a free one");
    }
}
