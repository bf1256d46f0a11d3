// The HTTP side of the edge: who is asking, how often, and with which rights.
using System.Threading.RateLimiting;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Hosting.Startup;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.Http;

/// <summary>Services and middleware in front of the routes.</summary>
internal static class HttpEdge
{
    // Hundreds of bots sign in at once from one address.
    private const int DevelopmentRequestsPerSecond = 2000;

    /// <summary>Adds authentication, authorization, the audit, limits, CORS and proxies.</summary>
    public static void AddHttpEdge(this IServiceCollection services)
    {
        services.AddSingleton<IConnectionGate, HttpConnectionGate>();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            if (context.Exception is BadHttpRequestException bad)
                context.ProblemDetails.Detail = bad.Message;
            context.ProblemDetails.Extensions.Remove("exception");
        });
        services.AddAuthentication(AccessTokenHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, AccessTokenHandler>(AccessTokenHandler.SchemeName, _ => { });
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(Signed().Build())
            .AddPolicy(AdminRoutes.AdminPolicy, Signed().RequireRole(PlayerRole.Admin).Build());
        services.AddSingleton<IAuthorizationHandler, StandingHandler>();
        services.AddSingleton<AdminAudit>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(provider => provider.GetRequiredService<AdminAudit>());
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<IOptions<GatewayOptions>, IHostEnvironment>(
            (cors, gateway, environment) => cors.AddDefaultPolicy(policy =>
            {
                // Tokens travel in a header, never in cookies: a page of another origin has what it was given and no more.
                policy.WithMethods("GET", "POST", "DELETE").WithHeaders("Authorization", "Content-Type").SetPreflightMaxAge(TimeSpan.FromHours(1));
                if (environment.IsDevelopment() && string.IsNullOrWhiteSpace(gateway.Value.CorsOrigins))
                    policy.AllowAnyOrigin();
                else
                    policy.WithOrigins([.. gateway.Value.ReadCorsOrigins()]);
            }));
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>((forwarded, gateway) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in gateway.Value.ReadTrustedProxies())
                forwarded.KnownIPNetworks.Add(network);
        });
        AddRequestLimit(services);
    }

    /// <summary>Everything before the routes, in order.</summary>
    public static void UseHttpEdge(this WebApplication app)
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
        // Headers of a proxy are believed only when the proxy is known by its address (CONTROL_PLANE C-9).
        if (app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.ReadTrustedProxies().Count > 0)
            app.UseForwardedHeaders();
        app.UseSafeHeaders();
        app.UseStatusCodePages();
        app.UseRateLimiter();
        app.UseCors();
        app.UseAddressBans();
        app.RequireUtf8();
        UseKeys(app);
        app.UseWebSockets();
        PageFiles.Use(app);
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(next => context => app.Services.GetRequiredService<AdminAudit>().InvokeAsync(context, next));
    }

    // A gateway listens before it is ready; where the cluster keeps the signing key, nobody can be told from anybody until it was read.
    private static void UseKeys(WebApplication app)
    {
        var keys = app.Services.GetRequiredService<SigningKeys>();
        app.Use(next => context => keys.IsReady || !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            ? next(context)
            : TypedResults.Problem("The gateway is starting; try again.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context));
    }

    private static AuthorizationPolicyBuilder Signed() => new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new StandingRequirement());

    private static void AddRequestLimit(IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>, IHostEnvironment>((limiter, gateway, environment) =>
        {
            var perSecond = environment.IsDevelopment() ? DevelopmentRequestsPerSecond : gateway.Value.HttpRequestsPerSecond;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
                ClientAddress.Of(context),
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
