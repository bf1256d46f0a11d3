// Asks the session whether a token is still worth something.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.SignIn;
using Aetheris.Grains.Interfaces.Sessions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Aetheris.Gateway.Http;

/// <summary>One call to the player's session per authorized request. A session that cannot be reached refuses: it might know of a ban.</summary>
public sealed class StandingHandler(IGrainFactory grains, TimeProvider time) : AuthorizationHandler<StandingRequirement>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, StandingRequirement requirement)
    {
        if (context.Resource is not HttpContext http || http.Features.Get<AccessClaims>() is not { } access)
            return;
        try
        {
            var standing = await grains.GetGrain<ISessionGrain>(access.Player.ToString()).GetStandingAsync().WaitAsync(Patience, time, http.RequestAborted);
            if (standing.Accepts(access.IssuedAt))
                context.Succeed(requirement);
            else
                http.Features.Set(new AccessRefusal(
                    standing.Ban is { } ban ? SignInCompletion.Banned(ban) : Revoked(), standing.Ban is null ? "revoked" : "banned"));
        }
        catch (Exception exception) when (exception is TimeoutException or Orleans.Runtime.OrleansException)
        {
            http.Features.Set(new AccessRefusal(
                TypedResults.Problem("Sessions cannot be reached; try again.", statusCode: StatusCodes.Status503ServiceUnavailable), "unreachable"));
        }
    }

    // Not 401: a client must not take it for a token that it may replace by itself.
    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Revoked() =>
        TypedResults.Problem("Refused: the session was ended; sign in again.", statusCode: StatusCodes.Status403Forbidden);
}
