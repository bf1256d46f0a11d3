// Makes a process a client of the cluster.
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Aetheris.Hosting.Cluster;

/// <summary>The grain client in a host.</summary>
public static class ClusterClientHosting
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds a grain client for the configured <see cref="ClusterMode"/>. It waits for a silo that is not up yet, for a bounded time.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Adds what the client uses.</param>
    public static void UseAetherisClusterClient(this IHostApplicationBuilder builder, Action<IClientBuilder>? configure = null)
    {
        var options = ClusterOptions.Read(builder.Configuration);
        var silo = new IPEndPoint(IPAddress.Loopback, options.GatewayPort ?? ClusterOptions.DefaultGatewayPort);
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(silo.Port, options.ServiceId, options.ClusterId);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            client.UseConnectionRetryFilter<SiloRetry>();
            client.Services.AddSingleton(new SiloEndpoint(silo));
            configure?.Invoke(client);
        });
        builder.Services.AddClusterProbe();
    }
}
