// Signing in with an account elsewhere.
using System.Security.Cryptography;
using Aetheris.Auth.Tokens;
using Aetheris.Grains.Interfaces.SignIn;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>
/// <c>/api/auth/oidc/nonce</c> and <c>/api/auth/oidc/login</c>: the client gets a nonce here, an ID token with it at the provider (by whatever
/// flow fits the client: code with PKCE, or Google's button), and brings that token. The nonce is gone before the token is looked at.
/// </summary>
public static partial class OidcRoutes
{
    private const int NonceBytes = 16;
    private static readonly TimeSpan NonceLife = TimeSpan.FromMinutes(10);

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/auth/oidc/nonce", NonceAsync).WithSummary("A nonce for one sign-in at a provider").ProducesProblem(403).ProducesProblem(429);
        routes.MapPost("/api/auth/oidc/login", LoginAsync).WithSummary("Sign in with the provider's ID token")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429).ProducesProblem(503);
    }

    private static async Task<Results<Ok<NonceAnswer>, ProblemHttpResult>> NonceAsync(
        HttpContext context, OidcProviders providers, SignInLimits limits, IGrainFactory grains, TimeProvider time)
    {
        if (providers.All.Count == 0)
            return TypedResults.Problem($"No provider is set up here ({OidcOptions.Section}).", statusCode: StatusCodes.Status403Forbidden);
        if (!await limits.TryAddressAsync(context, "nonce"))
            return SignInLimits.TooOften();
        var answer = new NonceAnswer(
            TokenIssuer.NewPlayer().ToString(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes)), time.GetUtcNow() + NonceLife);
        await grains.GetGrain<IOidcNonceGrain>(answer.NonceId).StartAsync(answer.Nonce, answer.ExpiresAt);
        return TypedResults.Ok(answer);
    }

    private static async Task<IResult> LoginAsync(
        OidcLogin body,
        HttpContext context,
        OidcProviders providers,
        SignInLimits limits,
        SignInCompletion completion,
        IGrainFactory grains,
        GatewayMetrics metrics,
        ILogger<OidcProvider> logger)
    {
        if (!providers.TryGet(body.Provider, out var provider))
            return TypedResults.Problem("There is no such provider; /api/auth/methods lists them.", statusCode: StatusCodes.Status400BadRequest);
        if (!await limits.TryAddressAsync(context, "oidc"))
            return SignInLimits.TooOften();
        if (!PlayerId.TryParse(body.NonceId, out var id) || string.IsNullOrEmpty(body.IdToken)
            || await grains.GetGrain<IOidcNonceGrain>(id.ToString()).TakeAsync() is not { } nonce)
        {
            return Refuse(metrics);
        }

        var identity = await provider.VerifyAsync(body.IdToken, nonce, context.RequestAborted);
        if (identity.Refusal is { } why)
            LogRefused(logger, provider.Name, why);
        if (identity.IsAway)
            return TypedResults.Problem("The provider cannot be reached; try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        return identity.Subject is { } subject
            ? await completion.BeginAsync(ExternalIdentity.PlayerOf(provider.Name, subject), body.Name ?? identity.Name, provider.Name)
            : Refuse(metrics);
    }

    private static ProblemHttpResult Refuse(GatewayMetrics metrics)
    {
        metrics.AuthFailures.Add("oidc");
        return TypedResults.Problem("The ID token is not good for this sign-in; begin again with a new nonce.", statusCode: StatusCodes.Status401Unauthorized);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "An ID token of {Provider} was refused: {Why}")]
    private static partial void LogRefused(ILogger logger, string provider, string why);
}
