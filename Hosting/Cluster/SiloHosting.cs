// Makes a process a member of the cluster.
using System.Net;
using System.Net.Sockets;
using Aetheris.Hosting.Operations;
using Aetheris.Hosting.Redis;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Aetheris.Hosting.Cluster;

/// <summary>The silo in a host.</summary>
public static class SiloHosting
{
    // A caller that waits longer has been forgotten; gateways repeat what matters by themselves.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds a silo for the configured <see cref="ClusterMode"/>; the host's own grain client is part of it.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="storages">Grain storages that become durable in mode Redis, each with the time after which it forgets what nobody wrote; in the other modes they are not added.</param>
    /// <param name="configure">Adds what the silo hosts.</param>
    public static void UseAetherisSilo(this IHostApplicationBuilder builder, IReadOnlyDictionary<string, TimeSpan?> storages, Action<ISiloBuilder>? configure = null)
    {
        var options = ClusterOptions.Read(builder.Configuration);
        // Alone, and in mode Localhost, nobody outside is to reach it.
        var address = options.Mode == ClusterMode.Redis && !options.IsAlone ? Resolve(options.AdvertisedHost) : IPAddress.Loopback;
        var ports = SiloPorts.Choose(options, ListenAddress(address));
        var name = string.IsNullOrWhiteSpace(options.SiloName) ? $"{Environment.MachineName}-{ports.Silo}" : options.SiloName;
        if (options.Mode == ClusterMode.Redis)
            builder.AddRedisStore<MembershipKeeper>(options);

        builder.UseOrleans(silo =>
        {
            silo.Configure<SiloOptions>(silo => silo.SiloName = name);
            if (options.Mode == ClusterMode.Redis && !options.IsAlone)
            {
                AddRedisMembership(silo, options, address, ports);
            }
            else
            {
                var own = new IPEndPoint(address, ports.Silo);
                var primary = options.IsAlone || options.PrimaryEndpoint is null ? own : IPEndPoint.Parse(options.PrimaryEndpoint);
                silo.UseLocalhostClustering(ports.Silo, ports.Gateway, primary, options.ServiceId, options.ClusterId);
                silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
                silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            }

            if (options.Mode == ClusterMode.Redis)
            {
                foreach (var (storage, life) in storages)
                    silo.AddAetherisRedisStorage(storage, life);
            }

            if (Tracing.IsOn(builder.Configuration))
                silo.AddActivityPropagation();
            configure?.Invoke(silo);
        });
        builder.Services.AddSingleton<IFatalErrorHandler, FatalEnd>();
        builder.Services.AddClusterProbe();
        builder.Services.AddHostedService(provider => new SiloPortReport(provider.GetRequiredService<ReadyLine>(), ports.Silo));
    }

    private static void AddRedisMembership(ISiloBuilder silo, ClusterOptions options, IPAddress address, SiloPorts ports)
    {
        silo.UseAetherisRedisClustering();
        silo.Configure<Orleans.Configuration.ClusterOptions>(cluster =>
        {
            cluster.ClusterId = options.ClusterId;
            cluster.ServiceId = options.ServiceId;
        });
        silo.ConfigureEndpoints(address, ports.Silo, ports.Gateway, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        silo.Services.AddMembershipTiming();
#pragma warning disable ORLEANSEXP003 // With the default directory a crash of one silo restarted rooms on others (DESIGN §6).
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }

    private static IPAddress ListenAddress(IPAddress advertised) => IPAddress.IsLoopback(advertised) ? advertised : IPAddress.Any;

    private static IPAddress Resolve(string host)
    {
        try
        {
            return Array.Find(Dns.GetHostAddresses(host), address => address.AddressFamily == AddressFamily.InterNetwork)
                ?? Dns.GetHostAddresses(host)[0];
        }
        catch (Exception exception) when (exception is SocketException or IndexOutOfRangeException)
        {
            throw new StartupException($"{ClusterOptions.Section}:{nameof(ClusterOptions.AdvertisedHost)} is '{host}', which has no address here", exception);
        }
    }
}
