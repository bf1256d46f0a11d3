// Puts the edge into a host.
using Aetheris.Auth;
using Aetheris.Auth.Connect;
using Aetheris.Auth.Keys;
using Aetheris.Gateway.Chat;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Http;
using Aetheris.Gateway.Keys;
using Aetheris.Gateway.Recording;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.SignIn;
using Aetheris.Gateway.Udp;
using Aetheris.Gateway.WebSockets;
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Operations;
using Aetheris.Hosting.Redis;
using Aetheris.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway;

/// <summary>Registration of the edge and of its routes.</summary>
public static class GatewayServiceCollectionExtensions
{
    private const int ProductionAfkSeconds = 3600;

    /// <summary>Adds doors, connections, room links and the HTTP API. Needs an <see cref="IGrainFactory"/> in the host: a silo's or a cluster client's.</summary>
    public static IServiceCollection AddAetherisGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAetherisAuth(configuration, HomeOfKeys(configuration));
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<IPostConfigureOptions<GatewayOptions>, GatewayOptionsDefaults>();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddSingleton<IValidateOptions<AuthOptions>, TransportSafety>();
        services.AddOptions<GatewayOptions>().PostConfigure<IHostEnvironment>(
            (options, environment) => options.AfkSeconds ??= environment.IsDevelopment() ? 0 : ProductionAfkSeconds);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(WorldDefinition.Standard);
        AddKeys(services, configuration);
        AddEdge(services);
        services.AddOpenApi();
        services.AddHttpEdge();
        services.AddSignIn(configuration);
        return services;
    }

    /// <summary>Maps API, WebSocket door, OpenAPI document and static files.</summary>
    public static WebApplication MapAetherisGateway(this WebApplication app)
    {
        app.UseHttpEdge();
        app.MapOpenApi();
        app.MapSignIn();
        MatchRoutes.Map(app);
        ShardRoutes.Map(app);
        CommandRoutes.Map(app);
        WorldRoute.Map(app, app.Services.GetRequiredService<WorldDefinition>());
        ChaosRoutes.Map(app, app.Environment.IsDevelopment());
        AdminEdgeRoutes.Map(app);
        SessionRoutes.Map(app);
        AddressBanRoutes.Map(app);
        AdminRoutes.Map(app, app.Environment.IsDevelopment());
        DashboardRoutes.Map(app);
        if (app.Environment.IsDevelopment())
            ExplainRoute.Map(app);
        var most = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.MaxConnections;
        var door = app.Services.GetRequiredService<WebSocketListener>();
        app.Map("/ws", (HttpContext context) => door.HandleAsync(context, most)).ExcludeFromDescription();
        return app;
    }

    private static KeyHome HomeOfKeys(IConfiguration configuration)
    {
        var cluster = ClusterOptions.Read(configuration);
        return cluster.IsAlone ? KeyHome.Process : cluster.Mode == ClusterMode.Redis ? KeyHome.Store : KeyHome.Configuration;
    }

    // Configured keys are there at once, in Development those of the key file; who has neither reads the cluster's.
    private static void AddKeys(IServiceCollection services, IConfiguration configuration)
    {
        if (HomeOfKeys(configuration) != KeyHome.Store)
            return;
        services.AddSingleton(provider => new SigningKeyStore(
            provider.GetRequiredService<SigningKeys>(),
            new SharedKeyRecords(provider.GetRequiredService<ISharedRecords>(), SharedKeyRecords.SigningKey),
            CreateSeal(provider, SigningKeyStore.Purpose),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ConnectKeyStore(
            provider.GetRequiredService<ConnectKeyRing>(),
            new SharedKeyRecords(provider.GetRequiredService<ISharedRecords>(), SharedKeyRecords.ConnectKeys),
            CreateSeal(provider, purpose: string.Empty),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<SigningKeyService>();
        services.AddHostedService<ConnectKeyService>();
    }

    private static KeyRecordSeal CreateSeal(IServiceProvider provider, string purpose) =>
        new(provider.GetRequiredService<IOptions<AuthOptions>>().Value.ClusterSecret ?? string.Empty, purpose);

    private static void AddEdge(IServiceCollection services)
    {
        services.AddSingleton<GatewayIdentity>();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<EdgeClock>();
        services.AddSingleton<EdgeLoop>();
        services.TryAddSingleton(ChannelRegistry.Standard);
        services.AddSingleton<IInterestFilter, RoomInterestFilter>();
        services.AddSingleton(CreateCodec2Rules);
        services.AddSingleton<IRoomPorts>(provider => new GrainRoomPorts(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<GatewayIdentity>().Id, provider.GetRequiredService<EdgeLoop>()));
        services.AddSingleton(provider => new RoomLinks(
            provider.GetRequiredService<IRoomPorts>(),
            provider.GetRequiredService<GatewayIdentity>().Id,
            provider.GetRequiredService<WorldDefinition>(),
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value,
            provider.GetRequiredService<GatewayMetrics>(),
            provider.GetRequiredService<ILogger<RoomLinks>>(),
            provider.GetRequiredService<Codec2Rules>()));
        services.AddSingleton<Recorders>();
        services.AddSingleton<BannedAddresses>();
        services.AddSingleton<ISessionPort>(provider => new GrainSessionPort(provider.GetRequiredService<IGrainFactory>()));
        services.AddSingleton<IConnectTokens, ConnectTokens>();
        services.AddSingleton<IRoomChat, StreamChat>();
        services.AddSingleton(provider => new ConnectionSet(new ConnectionServices
        {
            Gateway = provider.GetRequiredService<GatewayIdentity>().Id,
            Options = provider.GetRequiredService<IOptions<GatewayOptions>>().Value,
            Clock = provider.GetRequiredService<EdgeClock>(),
            Metrics = provider.GetRequiredService<GatewayMetrics>(),
            Logger = provider.GetRequiredService<ILogger<ConnectionSet>>(),
            Audit = provider.GetRequiredService<ILoggerFactory>().CreateLogger(AuditLog.Category),
            Tokens = provider.GetRequiredService<IConnectTokens>(),
            Sessions = provider.GetRequiredService<ISessionPort>(),
            Banned = provider.GetRequiredService<BannedAddresses>(),
            Rooms = provider.GetRequiredService<RoomLinks>(),
            Chat = provider.GetRequiredService<IRoomChat>(),
            IsDevelopment = provider.GetRequiredService<IHostEnvironment>().IsDevelopment(),
        }));
        services.AddSingleton(provider => new UdpListener(
            provider.GetRequiredService<ConnectionSet>(),
            provider.GetRequiredService<IConnectTokens>(),
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value,
            provider.GetRequiredService<EdgeClock>(),
            provider.GetRequiredService<GatewayMetrics>(),
            provider.GetRequiredService<ILogger<UdpListener>>()));
        services.AddSingleton<WebSocketListener>();
        services.AddHealthChecks()
            .AddCheck<HistoryCheck>("history", tags: [OperationsEndpoints.ReadyTag])
            .AddCheck<DrainingCheck>("gateway", tags: [OperationsEndpoints.ReadyTag]);
        services.AddSingleton<PublicAddresses>();
        services.AddHostedService<EdgeService>();
        services.AddHostedService<GatewayDrain>();
        // The host's own patience ends what it stops: it has to outlast the drain, and the goodbyes after it.
        services.AddOptions<HostOptions>().PostConfigure<IOptions<GatewayOptions>>(
            static (host, gateway) => host.ShutdownTimeout += TimeSpan.FromSeconds(gateway.Value.DrainSeconds));
        services.AddHostedService<RevocationListener>();
        services.AddHostedService<AddressBanWatch>();
        services.AddHostedService<LiveSessionsReporter>();
        services.AddHostedService<ChatListener>();
        services.AddSingleton<ShardNews>();
    }

    private static Codec2Rules CreateCodec2Rules(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var channels = provider.GetRequiredService<ChannelRegistry>();
        return new Codec2Rules(
            channels,
            [.. provider.GetServices<IInterestFilter>()],
            new Codec2Settings(
                options.BytesPerSecondPerClient, options.MinBytesPerSecondPerClient, options.JoinBytesPerSecondPerClient, options.InterestMetres),
            new Codec2Metrics(channels, provider.GetRequiredService<GatewayMetrics>().Meter));
    }
}
