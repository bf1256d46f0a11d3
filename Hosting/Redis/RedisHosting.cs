// Puts the connection to Redis, and its watch, into a host.
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Persistence;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace Aetheris.Hosting.Redis;

internal static class RedisHosting
{
    /// <summary>Connection and watch; called before Orleans is added, so that the host waits for Redis first.</summary>
    public static void AddRedisStore<TLook>(this IHostApplicationBuilder builder, ClusterOptions options)
        where TLook : class, IStoreLook
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<RedisStore>();
        builder.Services.AddSingleton<ISharedRecords, RedisSharedRecords>();
        builder.Services.AddSingleton<IStoreLook, TLook>();
        builder.Services.AddSingleton<StoreWatch>();
        builder.Services.AddHostedService<RedisConnect>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
        builder.Services.AddHealthChecks().AddCheck<StoreCheck>("store", tags: [OperationsEndpoints.ReadyTag]);
    }

    public static void UseAetherisRedisClustering(this ISiloBuilder silo)
    {
        silo.UseRedisClustering(static _ => { });
        silo.Services.AddSharedClusteringConnection();
    }

    public static void UseAetherisRedisClustering(this IClientBuilder client)
    {
        client.UseRedisClustering(static (RedisClusteringOptions _) => { });
        client.Services.AddSharedClusteringConnection();
        var inner = client.Services.Last(service => service.ServiceType == typeof(IGatewayListProvider));
        client.Services.Remove(inner);
        client.Services.AddSingleton<IGatewayListProvider>(provider =>
            new RememberingGatewayList((IGatewayListProvider)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)));
    }

    /// <summary>Grain storage in the Orleans format: a byte array takes its own length, where the default JSON would take four thirds of it.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">Name of the storage.</param>
    /// <param name="life">What nobody wrote for so long is forgotten; null = never.</param>
    public static void AddAetherisRedisStorage(this ISiloBuilder silo, string name, TimeSpan? life = null)
    {
        silo.AddRedisGrainStorage(name);
        silo.Services.AddOptions<RedisStorageOptions>(name).Configure<RedisStore, Serializer>((options, store, serializer) =>
        {
            options.ConfigurationOptions = store.Configuration;
            options.CreateMultiplexer = async _ => (await store.ConnectAsync(), IsShared: true);
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
            options.EntryExpiry = life;
        });
    }

    private static void AddSharedClusteringConnection(this IServiceCollection services) =>
        services.AddOptions<RedisClusteringOptions>().Configure<RedisStore>((options, store) =>
        {
            options.ConfigurationOptions = store.Configuration;
            options.CreateMultiplexer = async _ => (await store.ConnectAsync(), IsShared: true);
        });
}
