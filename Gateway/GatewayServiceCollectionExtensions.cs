// Puts the edge into a host.
using System.Threading.RateLimiting;
using Aetheris.Auth;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Chat;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Http;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.Udp;
using Aetheris.Gateway.WebSockets;
using Aetheris.Hosting.Operations;
using Aetheris.World;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
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
    // Hundreds of bots sign in at once from one address.
    private const int DevelopmentRequestsPerSecond = 2000;

    /// <summary>Adds doors, connections, room links and the HTTP API. Needs an <see cref="IGrainFactory"/> in the host: a silo's or a cluster client's.</summary>
    public static IServiceCollection AddAetherisGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAetherisAuth(configuration);
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(WorldDefinition.Standard);
        AddEdge(services);
        AddHttp(services);
        return services;
    }

    /// <summary>Maps API, WebSocket door, OpenAPI document and static files.</summary>
    public static WebApplication MapAetherisGateway(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception => exception switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                TimeoutException or Orleans.Runtime.OrleansException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseWebSockets();
        PageFiles.Use(app);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi();
        SignInRoutes.Map(app);
        ShardRoutes.Map(app);
        WorldRoute.Map(app, app.Services.GetRequiredService<WorldDefinition>());
        ChaosRoutes.Map(app, app.Environment.IsDevelopment());
        AdminEdgeRoutes.Map(app);
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
            Rooms = provider.GetRequiredService<RoomLinks>(),
            Chat = provider.GetRequiredService<IRoomChat>(),
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
        services.AddHostedService<RevocationListener>();
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

    private static void AddHttp(IServiceCollection services)
    {
        services.AddOpenApi();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            if (context.Exception is BadHttpRequestException bad)
                context.ProblemDetails.Detail = bad.Message;
            context.ProblemDetails.Extensions.Remove("exception");
        });
        services.AddAuthentication(AccessTokenHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(AccessTokenHandler.SchemeName, _ => { });
        services.AddAuthorizationBuilder().AddPolicy(AdminRoutes.AdminPolicy, policy => policy.RequireRole(PlayerRole.Admin));
        services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>, IHostEnvironment>((limiter, gateway, environment) =>
        {
            var perSecond = environment.IsDevelopment() ? DevelopmentRequestsPerSecond : gateway.Value.HttpRequestsPerSecond;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
                context.Connection.RemoteIpAddress?.ToString() ?? string.Empty,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perSecond * 4,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }));
            limiter.OnRejected = static async (context, cancellation) => await TypedResults
                .Problem("Too many requests from this address; wait a second.", statusCode: StatusCodes.Status429TooManyRequests)
                .ExecuteAsync(context.HttpContext);
        });
    }
}
