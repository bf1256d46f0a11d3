// The common end of every way to sign in: our own tokens.
using Aetheris.Auth;
using Aetheris.Auth.Tokens;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.SignIn;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.SignIn;

/// <summary>Gives out access and refresh tokens to whoever has proved who they are, unless they are banned. Thread-safe.</summary>
public sealed class SignInCompletion
{
    private readonly TokenIssuer _issuer;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly AuthOptions _options;
    private readonly HashSet<PlayerId> _admins;

    /// <summary>Created once.</summary>
    public SignInCompletion(TokenIssuer issuer, IGrainFactory grains, TimeProvider time, IOptions<AuthOptions> options)
    {
        _issuer = issuer;
        _grains = grains;
        _time = time;
        _options = options.Value;
        _admins = _options.ReadAdmins();
    }

    /// <summary>A new sign-in of a player nobody has been: no ban can meet them.</summary>
    public Task<SignInAnswer> BeginGuestAsync(string name) => BeginAsync(TokenIssuer.NewPlayer(), name, PlayerRole.Player, "guest", after: null);

    /// <summary>A new sign-in of a known player.</summary>
    /// <param name="player">Who proved it.</param>
    /// <param name="name">The name they want; what no token may carry becomes a name made from the player id.</param>
    /// <param name="method">"email" or the provider's name.</param>
    public async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> BeginAsync(PlayerId player, string? name, string method)
    {
        var standing = await SessionOf(player).GetStandingAsync();
        if (standing.Ban is { } ban)
            return Banned(ban);
        return TypedResults.Ok(await BeginAsync(player, NameOf(player, name), RoleOf(player), method, standing.RevokedAt));
    }

    /// <summary>Exchanges a refresh token.</summary>
    /// <returns>The answer; null when the token is not good.</returns>
    public async Task<IResult?> RefreshAsync(RefreshToken token)
    {
        var family = _grains.GetGrain<IRefreshGrain>(token.Family);
        var next = token.Next();
        if (await family.RotateAsync(token.Hash, next.Hash) is not { } grant)
            return null;
        var standing = await SessionOf(grant.Player).GetStandingAsync();
        if (standing.Accepts(grant.StartedAt))
        {
            var access = _issuer.IssueAccess(grant.Player, NameOf(grant.Player, grant.Name), RoleOf(grant.Player), after: standing.RevokedAt);
            return TypedResults.Ok(Answer(access, next, grant));
        }

        await family.EndAsync(next.Hash);
        return standing.Ban is { } ban ? Banned(ban) : null;
    }

    /// <summary>Ends a player's session everywhere: connections, access tokens and all sign-ins.</summary>
    public Task EndAsync(PlayerId player) => SessionOf(player).RevokeAsync();

    /// <summary>The answer to somebody who is banned.</summary>
    public static ProblemHttpResult Banned(Ban ban) => TypedResults.Problem(
        $"You are banned {(ban.Until is { } until ? $"until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : "for good")}: {ban.Reason}",
        statusCode: StatusCodes.Status403Forbidden);

    // Also of a sign-in that began under another rule for names.
    private static string NameOf(PlayerId player, string? wanted) =>
        wanted?.Trim() is { } name && PlayerNameRule.IsValid(name) ? name : "Pilot " + player.ToString()[^4..];

    // Asked anew with every token: who is taken off the list keeps the role for the life of an access token at most.
    private string RoleOf(PlayerId player) => _admins.Contains(player) ? PlayerRole.Admin : PlayerRole.Player;

    private async Task<SignInAnswer> BeginAsync(PlayerId player, string name, string role, string method, DateTimeOffset? after)
    {
        var access = _issuer.IssueAccess(player, name, role, after: after);
        var refresh = RefreshToken.Create();
        var now = _time.GetUtcNow();
        // A sign-in right after a revocation is later than it, whichever clock is ahead.
        var started = after is { } revoked && revoked >= now ? revoked.AddTicks(1) : now;
        var grant = new SignInGrant(player, name, role, method, started, now + _options.RefreshTokenLifetime);
        await _grains.GetGrain<IRefreshGrain>(refresh.Family).StartAsync(grant, refresh.Hash);
        return Answer(access, refresh, grant);
    }

    private SignInAnswer Answer(IssuedToken access, RefreshToken refresh, SignInGrant grant) => new(
        access.Token,
        access.ExpiresAt,
        refresh.Text,
        grant.EndsAt,
        grant.Player.ToString(),
        grant.Name,
        (int)Math.Max(1, (access.ExpiresAt - _time.GetUtcNow()).TotalSeconds));

    private ISessionGrain SessionOf(PlayerId player) => _grains.GetGrain<ISessionGrain>(player.ToString());
}
