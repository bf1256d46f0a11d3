// Puts the edge into a host.
using Aetheris.Auth;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Http;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.SignIn;
using Aetheris.Gateway.Udp;
using Aetheris.Gateway.WebSockets;
using Aetheris.Hosting.Operations;
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
        services.AddAetherisAuth(configuration);
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddSingleton<IValidateOptions<AuthOptions>, TransportSafety>();
        services.AddOptions<GatewayOptions>().PostConfigure<IHostEnvironment>(
            (options, environment) => options.AfkSeconds ??= environment.IsDevelopment() ? 0 : ProductionAfkSeconds);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(WorldDefinition.Standard);
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
        AdminEdgeRoutes.Map(app);
        SessionRoutes.Map(app);
        AdminRoutes.Map(app, app.Environment.IsDevelopment());
        if (app.Environment.IsDevelopment())
            ExplainRoute.Map(app);
        var most = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.MaxConnections;
        var door = app.Services.GetRequiredService<WebSocketListener>();
        app.Map("/ws", (HttpContext context) => door.HandleAsync(context, most)).ExcludeFromDescription();
        return app;
    }

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
        services.AddSingleton<ISessionPort>(provider => new GrainSessionPort(provider.GetRequiredService<IGrainFactory>()));
        services.AddSingleton<IConnectTokens, ConnectTokens>();
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
            Rooms = provider.GetRequiredService<RoomLinks>(),
            IsDevelopment = provider.GetRequiredService<IHostEnvironment>().IsDevelopment(),
        }));
        services.AddSingleton(provider => new UdpListener(
            provider.GetRequiredService<ConnectionSet>(),
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
        services.AddHostedService<LiveSessionsReporter>();
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
