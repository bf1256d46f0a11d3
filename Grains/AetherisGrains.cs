// How a silo takes in this assembly.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Demo;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Grains.Metrics;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Silos;
using Aetheris.Grains.Storage;
using Aetheris.Grains.Ticking;
using Aetheris.World;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization;
using Orleans.Storage;

namespace Aetheris.Grains;

/// <summary>Composition: one call on the silo builder.</summary>
public static class AetherisGrains
{
    /// <summary>Name of the grain storage that sessions and rooms write to.</summary>
    public const string Storage = "aetheris";

    /// <summary>Name of the grain storage of sign-ins, codes and limits: what nobody wrote for <see cref="SignInStorageLife"/> may be forgotten.</summary>
    public const string SignInStorage = "aetheris-signin";

    /// <summary>A sign-in that is not refreshed for so long is over, whatever its life.</summary>
    public static readonly TimeSpan SignInStorageLife = TimeSpan.FromDays(32);

    private const string StreamSubscriptions = "PubSubStore";

    /// <summary>
    /// Adds rooms, sessions, directories, the shard's streams, the clock and the demo pilots. Without a grain storage
    /// <see cref="Storage"/> or <see cref="SignInStorage"/> added before, that storage is kept in memory.
    /// </summary>
    public static ISiloBuilder AddAetherisGrains(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddAetherisGrains(configuration);
        foreach (var storage in (string[])[Storage, SignInStorage])
        {
            // Snapshots are bytes already: JSON would make text of them once a second.
            if (!HasStorage(silo.Services, storage))
            {
                silo.AddMemoryGrainStorage(storage, static options => options.Configure<Serializer>(
                    static (memory, serializer) => memory.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer)));
            }
        }

        // Subscriptions may be forgotten with a silo: gateways look after theirs, and the scoreboard's is implicit.
        if (!HasStorage(silo.Services, StreamSubscriptions))
            silo.AddMemoryGrainStorage(StreamSubscriptions);
        silo.AddMemoryStreams(ShardStreams.Provider, streams => streams.ConfigurePartitioning(1));

        // The definition is a service, so its version is known only when the options are made: before the line that publishes it.
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        silo.Services.AddOptions<SiloMetadata>()
            .Configure<WorldDefinition>((_, definition) => metadata[MoveTargets.VersionKey] = MoveTargets.VersionOf(definition));
        silo.UseSiloMetadata(metadata);
        return silo.AddStartupTask<RoomWarmUp>().AddStartupTask<DemoRoomOpener>();
    }

    /// <summary>Adds the services that grains need; a silo also needs the grain storage <see cref="Storage"/>.</summary>
    /// <remarks>Options are read and checked when the host starts; a wrong value throws OptionsValidationException naming its full key.</remarks>
    public static IServiceCollection AddAetherisGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RoomOptions>()
            .Configure<IServiceProvider>((options, provider) => GrainOptionsSetup.Read(options, configuration, IsDevelopment(provider)))
            .ValidateOnStart();
        services.AddOptions<RoomsOptions>()
            .Configure<IServiceProvider>((options, provider) => GrainOptionsSetup.Read(options, configuration, IsDevelopment(provider)))
            .ValidateOnStart();
        services.AddOptions<DemoOptions>()
            .Configure<IServiceProvider>((options, provider) => GrainOptionsSetup.Read(options, configuration, IsDevelopment(provider)))
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static _ => WorldDefinition.Standard);
        services.TryAddSingleton<GrainMetrics>();
        services.AddSilos();
        services.TryAddSingleton<RoomRegistry>();
        services.TryAddSingleton<StorageHealth>();
        services.TryAddSingleton<ISiloStanding, SiloStanding>();
        services.TryAddSingleton<MoveTargets>();
        services.TryAddSingleton<IMoveTargets>(static provider => provider.GetRequiredService<MoveTargets>());
        services.TryAddSingleton<IRoomCarrier, RoomCarrier>();
        services.TryAddSingleton<IObserverReferences, OrleansObserverReferences>();
        services.TryAddSingleton<RoomHosting>();
        services.TryAddSingleton(static _ => TickWaiter.ForPlatform());
        services.TryAddSingleton(static provider => new TickClock(
            provider.GetRequiredService<ITickWaiter>(),
            provider.GetRequiredService<GrainMetrics>(),
            provider.GetRequiredService<ILogger<TickClock>>(),
            provider.GetRequiredService<IOptions<RoomOptions>>().Value.RealtimeClock));
        return services;
    }

    private static bool IsDevelopment(IServiceProvider provider) => provider.GetService<IHostEnvironment>()?.IsDevelopment() ?? false;

    private static bool HasStorage(IServiceCollection services, string name)
    {
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, name))
                return true;
        }

        return false;
    }
}
