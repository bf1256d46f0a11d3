// The gateway's settings, section Aetheris:Gateway.
using System.Net;

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

    /// <summary>Most connections of one address (IPv6: one /64); 0 for no bound but <see cref="MaxConnections"/>. Unset: 256, in Development 0.</summary>
    public int? MaxConnectionsPerAddress { get; set; }

    /// <summary>Connect requests accepted per second from one address (IPv6: one /64), with a burst of four times as many.</summary>
    public int ConnectsPerSecond { get; set; } = 200;

    /// <summary>Bytes per second that one connection may send.</summary>
    public int InboundBytesPerSecond { get; set; } = 64 * 1024;

    /// <summary>HTTP requests per second from one address, with a burst of four times as many.</summary>
    public int HttpRequestsPerSecond { get; set; } = 100;

    /// <summary>Seconds that a room's link outlives its last connection.</summary>
    public int LinkIdleSeconds { get; set; } = 30;

    /// <summary>Seconds that a stopping gateway gives its players to reach another one.</summary>
    public int DrainSeconds { get; set; } = 5;

    /// <summary>Most bytes of codec-2 state per second and client; loss and delay push it down to <see cref="MinBytesPerSecondPerClient"/>.</summary>
    public int BytesPerSecondPerClient { get; set; } = 64_000;

    /// <summary>Bytes of codec-2 state per second that a client gets on any path.</summary>
    public int MinBytesPerSecondPerClient { get; set; } = 8_000;

    /// <summary>Most bytes of codec-2 state per second until a client has received everything in its interest once.</summary>
    public int JoinBytesPerSecondPerClient { get; set; } = 128_000;

    /// <summary>How far a codec-2 client sees, metres.</summary>
    public float InterestMetres { get; set; } = 500;

    /// <summary>PEM file of the certificate chain with which the HTTP port speaks TLS; empty = plain HTTP.</summary>
    public string? TlsCertificate { get; set; }

    /// <summary>PEM file of the certificate's private key.</summary>
    public string? TlsKey { get; set; }

    /// <summary>Start outside Development although tokens travel in the clear: the network is trusted.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>Addresses or networks, separated by ';', of proxies whose X-Forwarded headers are believed.</summary>
    public string? TrustedProxies { get; set; }

    /// <summary>Origins, separated by ';', whose pages may use the HTTP API. Unset: the gateway's own; in Development any.</summary>
    public string? CorsOrigins { get; set; }

    /// <summary>Seconds without any action of a player with a ship after which the connection ends, 0 = never. Unset: 3600, in Development never.</summary>
    public int? AfkSeconds { get; set; }

    /// <summary>The networks of <see cref="TrustedProxies"/>.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public IReadOnlyList<IPNetwork> ReadTrustedProxies() => Split(TrustedProxies).ConvertAll(ToNetwork);

    /// <summary>The origins of <see cref="CorsOrigins"/>.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public IReadOnlyList<string> ReadCorsOrigins() => Split(CorsOrigins).ConvertAll(ToOrigin);

    private static List<string> Split(string? text) =>
        [.. (text ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static IPNetwork ToNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
        throw new FormatException($"'{text}' is neither an address nor a network such as 10.0.0.0/8");
    }

    private static string ToOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && !text.EndsWith('/'))
            ? text
            : throw new FormatException($"'{text}' is no origin such as https://play.example.org");
}
