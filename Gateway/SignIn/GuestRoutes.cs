// Signing in without proving anything.
using Aetheris.Auth;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Http;
using Aetheris.Gateway.SignIn.Email;
using Aetheris.Gateway.SignIn.Oidc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.SignIn;

/// <summary><c>/api/auth/guest</c>, and <c>/api/auth/methods</c>, which tells a client what else there is.</summary>
public static class GuestRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/auth/guest", SignInAsync).WithSummary("Sign in as a guest").ProducesProblem(400).ProducesProblem(403).ProducesProblem(429);
        routes.MapGet("/api/auth/methods", MethodsAsync).WithSummary("Ways to sign in here");
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SignInAsync(
        GuestRequest request, HttpContext context, SignInCompletion completion, SignInLimits limits, IOptions<AuthOptions> auth)
    {
        if (auth.Value.AllowGuests != true)
            return TypedResults.Problem("Guests are not allowed here (Aetheris:Auth:AllowGuests).", statusCode: StatusCodes.Status403Forbidden);
        var name = request.Name?.Trim();
        if (!PlayerNameRule.IsValid(name))
            return TypedResults.Problem($"Refused: {PlayerNameRule.Text}.", statusCode: StatusCodes.Status400BadRequest);
        if (!limits.TryGuest(context))
            return SignInLimits.TooOften();
        return TypedResults.Ok(await completion.BeginGuestAsync(name!));
    }

    private static async Task<Ok<MethodsAnswer>> MethodsAsync(IOptions<AuthOptions> auth, IMailSender? mail, OidcProviders providers, CancellationToken aborted) =>
        TypedResults.Ok(new MethodsAnswer(
            auth.Value.AllowGuests == true,
            mail is { IsConfigured: true },
            await Task.WhenAll(providers.All.Select(async provider => new OidcMethodAnswer(
                provider.Name, provider.Issuer, provider.ClientId, await provider.FindAuthorizationAsync(aborted))))));
}
