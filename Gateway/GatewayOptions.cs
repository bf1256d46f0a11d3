// The gateway's settings, section Aetheris:Gateway.
namespace Aetheris.Gateway;

/// <summary>Settings of the edge. Names and defaults are DESIGN §4's.</summary>
public sealed class GatewayOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Aetheris:Gateway";

    /// <summary>UDP port; 0 picks a free one.</summary>
    public int UdpPort { get; set; } = 5000;

    /// <summary>HTTP port; 0 picks a free one.</summary>
    public int HttpPort { get; set; } = 8080;

    /// <summary>Host that clients reach, if it differs from the host they asked over HTTP.</summary>
    public string? PublicHost { get; set; }

    /// <summary>UDP port that clients reach; 0 = the bound one.</summary>
    public int PublicUdpPort { get; set; }

    /// <summary>Base URL that clients reach; empty = derived from host and port.</summary>
    public string? PublicHttpUrl { get; set; }

    /// <summary>Most bytes of commands kept per room, pending and logged together.</summary>
    public long RetentionBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Most connections of this process.</summary>
    public int MaxConnections { get; set; } = 4096;

    /// <summary>Connect requests accepted per second from one address (IPv6: one /64), with a burst of four times as many.</summary>
    public int ConnectsPerSecond { get; set; } = 200;

    /// <summary>Bytes per second that one connection may send.</summary>
    public int InboundBytesPerSecond { get; set; } = 64 * 1024;

    /// <summary>HTTP requests per second from one address, with a burst of four times as many.</summary>
    public int HttpRequestsPerSecond { get; set; } = 100;

    /// <summary>Seconds that a room's link outlives its last connection.</summary>
    public int LinkIdleSeconds { get; set; } = 30;
}
