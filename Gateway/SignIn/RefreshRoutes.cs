// The life of a sign-in after its beginning: refresh, logout, and the keys that verify.
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Http;
using Aetheris.Grains.Interfaces.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.SignIn;

/// <summary><c>/api/auth/refresh</c>, <c>/api/auth/logout</c>, <c>/.well-known/jwks.json</c>.</summary>
public static class RefreshRoutes
{
    private const string Step = "refresh";
    private const string NotGood = "The refresh token is not good; sign in again.";

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/auth/refresh", RefreshAsync).WithSummary("Exchange a refresh token for new tokens; each is good once")
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
        routes.MapPost("/api/auth/logout", LogoutAsync).WithSummary("End the player's session everywhere: by refresh token, or by access token as bearer")
            .ProducesProblem(401);
        routes.MapGet("/.well-known/jwks.json", Keys).WithSummary("Public keys that verify access tokens");
    }

    // Failures count, exchanges do not: many players share an address, and a right token was no guess.
    private static async Task<IResult> RefreshAsync(RefreshRequest body, HttpContext context, SignInCompletion completion, SignInLimits limits, GatewayMetrics metrics)
    {
        if (!await limits.HasAddressAsync(context, Step))
            return SignInLimits.TooOften();
        if (RefreshToken.TryParse(body.RefreshToken, out var token) && await completion.RefreshAsync(token) is { } answer)
            return answer;
        await limits.TryAddressAsync(context, Step);
        metrics.AuthFailures.Add("refresh");
        return TypedResults.Problem(NotGood, statusCode: StatusCodes.Status401Unauthorized);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LogoutAsync(
        RefreshRequest? body, HttpContext context, SignInCompletion completion, SignInLimits limits, IGrainFactory grains)
    {
        if (body?.RefreshToken is null)
        {
            if (!(await context.AuthenticateAsync(AccessTokenHandler.SchemeName)).Succeeded)
                return TypedResults.Problem("Give the refresh token, or the access token as bearer.", statusCode: StatusCodes.Status401Unauthorized);
            await completion.EndAsync(AccessTokenHandler.ClaimsOf(context).Player);
            return TypedResults.NoContent();
        }

        if (!await limits.HasAddressAsync(context, Step))
            return SignInLimits.TooOften();
        if (RefreshToken.TryParse(body.RefreshToken, out var token)
            && await grains.GetGrain<IRefreshGrain>(token.Family).EndAsync(token.Hash) is { } grant)
        {
            await completion.EndAsync(grant.Player);
            return TypedResults.NoContent();
        }

        await limits.TryAddressAsync(context, Step);
        return TypedResults.Problem(NotGood, statusCode: StatusCodes.Status401Unauthorized);
    }

    private static Ok<JwksAnswer> Keys(SigningKeys keys) =>
        TypedResults.Ok(new JwksAnswer([.. keys.PublicKeys.Select(key => new JwkAnswer(key.KeyId, key.X, key.Y))]));
}
