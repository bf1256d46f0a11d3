// Where a process listens for HTTP.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aetheris.Hosting.Startup;

internal static class HttpListening
{
    private const int DefaultEdgePort = 8080;
    private const int DefaultSiloPort = 8081;
    private const string CertificateKey = "Aetheris:Gateway:TlsCertificate";
    private const string CertificateKeyKey = "Aetheris:Gateway:TlsKey";

    // The largest body that a route takes is a refresh or an ID token.
    private const int MaxBody = 64 * 1024;
    private const int MaxHeaders = 16 * 1024;
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    public static string PortKey(ProcessRole role) => role == ProcessRole.Silo ? "Aetheris:Cluster:HttpPort" : "Aetheris:Gateway:HttpPort";

    public static void ConfigureAetherisHttp(this WebApplicationBuilder builder, ProcessRole role)
    {
        var key = PortKey(role);
        var port = builder.Configuration.GetValue<int?>(key) ?? (role == ProcessRole.Silo ? DefaultSiloPort : DefaultEdgePort);
        if (port is < 0 or > ushort.MaxValue)
            throw new StartupException($"{key} must be a port: 0 to 65535, where 0 picks a free one");
        var certificate = role == ProcessRole.Silo ? null : Certificate(builder.Configuration);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            var gate = kestrel.ApplicationServices.GetService<IConnectionGate>();
            kestrel.ListenAnyIP(port, listen =>
            {
                if (gate is not null)
                    listen.Use(next => connection => AdmitAsync(gate, connection, next));
                if (certificate is not null)
                    listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current);
            });
        });
    }

    private static async Task AdmitAsync(IConnectionGate gate, ConnectionContext connection, ConnectionDelegate next)
    {
        if (!gate.TryEnter(connection.RemoteEndPoint))
        {
            connection.Abort();
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            gate.Leave(connection.RemoteEndPoint);
        }
    }

    private static ServerCertificate? Certificate(ConfigurationManager configuration)
    {
        var chain = configuration[CertificateKey];
        var key = configuration[CertificateKeyKey];
        // Half of them is refused with the other settings.
        return string.IsNullOrWhiteSpace(chain) || string.IsNullOrWhiteSpace(key) ? null : new ServerCertificate(chain, key, CertificateKey, TimeProvider.System);
    }
}
