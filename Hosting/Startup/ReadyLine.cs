// The line that tells whoever started the process that it serves (DESIGN §4).
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aetheris.Hosting.Startup;

/// <summary>Collects the ports in use: listeners set theirs when they listen.</summary>
public sealed class ReadyLine
{
    /// <summary>UDP port of the edge.</summary>
    public int? Udp { get; set; }

    /// <summary>Port of the silo.</summary>
    public int? Silo { get; set; }

    internal string Format(ProcessRole role, WebApplication app)
    {
        var line = new StringBuilder("ready role=").Append(role.ToString().ToLowerInvariant());
        Append(line, "udp", Udp);
        Append(line, "http", HttpPort(app));
        Append(line, "silo", Silo);
        return line.ToString();
    }

    private static int? HttpPort(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses
            .Select(address => (int?)BindingAddress.Parse(address).Port).FirstOrDefault();

    private static void Append(StringBuilder line, string name, int? port)
    {
        if (port is not null)
            line.Append(CultureInfo.InvariantCulture, $" {name}={port}");
    }
}
