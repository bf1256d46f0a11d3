// Where a process listens for HTTP.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace Aetheris.Hosting.Startup;

internal static class HttpListening
{
    private const int DefaultEdgePort = 8080;
    private const int DefaultSiloPort = 8081;

    public static string PortKey(ProcessRole role) => role == ProcessRole.Silo ? "Aetheris:Cluster:HttpPort" : "Aetheris:Gateway:HttpPort";

    public static void ConfigureAetherisHttp(this WebApplicationBuilder builder, ProcessRole role)
    {
        var key = PortKey(role);
        var port = builder.Configuration.GetValue<int?>(key) ?? (role == ProcessRole.Silo ? DefaultSiloPort : DefaultEdgePort);
        if (port is < 0 or > ushort.MaxValue)
            throw new StartupException($"{key} must be a port: 0 to 65535, where 0 picks a free one");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(port);
        });
    }
}
