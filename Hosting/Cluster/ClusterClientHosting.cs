// Makes a process a client of the cluster.
using System.Net;
using Aetheris.Hosting.Operations;
using Aetheris.Hosting.Redis;
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
        if (options.Mode == ClusterMode.Redis)
            builder.AddRedisStore<PingLook>(options);
        builder.UseOrleansClient(client =>
        {
            client.UseConnectionRetryFilter<SiloRetry>();
            if (options.Mode == ClusterMode.Redis)
                AddRedis(client, options);
            else
                AddLocalhost(client, options);
            if (Tracing.IsOn(builder.Configuration))
                client.AddActivityPropagation();
            configure?.Invoke(client);
        });
        builder.Services.AddClusterProbe();
    }

    private static void AddRedis(IClientBuilder client, ClusterOptions options)
    {
        client.UseAetherisRedisClustering();
        client.Configure<Orleans.Configuration.ClusterOptions>(cluster =>
        {
            cluster.ClusterId = options.ClusterId;
            cluster.ServiceId = options.ServiceId;
        });
        client.Services.AddClientTiming();
        client.Services.AddSingleton(provider => new SiloPlace(
            $"in the cluster '{options.ClusterId}' of Redis at {provider.GetRequiredService<RedisStore>().Address}",
            $"{ClusterOptions.Section}:{nameof(ClusterOptions.ClusterId)}"));
    }

    private static void AddLocalhost(IClientBuilder client, ClusterOptions options)
    {
        var silo = new IPEndPoint(IPAddress.Loopback, options.GatewayPort ?? ClusterOptions.DefaultGatewayPort);
        client.UseLocalhostClustering(silo.Port, options.ServiceId, options.ClusterId);
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        client.Services.AddSingleton(new SiloPlace($"at {silo}", $"{ClusterOptions.Section}:{nameof(ClusterOptions.GatewayPort)}"));
    }
}
