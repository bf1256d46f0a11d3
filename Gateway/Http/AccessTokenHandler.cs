// Bearer authentication with the project's own verifier, so that HTTP and UDP judge tokens by one rule.
using System.Security.Claims;
using System.Text.Encodings.Web;
using Aetheris.Auth.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.Http;

/// <summary>Accepts <c>Authorization: Bearer</c> with an access token; refusals are problem answers that say why.</summary>
public sealed class AccessTokenHandler : AuthenticationHandler<AuthenticationSchemeOptions>
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";
    private readonly TokenVerifier _verifier;
    private readonly GatewayMetrics _metrics;
    private string _refusal = TokenFailure.Missing.ToText();

    /// <summary>Created by ASP.NET Core for each request.</summary>
    public AccessTokenHandler(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        UrlEncoder encoder,
        TokenVerifier verifier,
        GatewayMetrics metrics)
        : base(options, logger, encoder)
    {
        _verifier = verifier;
        _metrics = metrics;
    }

    /// <summary>The verified claims of a request that passed this handler.</summary>
    public static AccessClaims ClaimsOf(HttpContext context) => context.Features.Get<AccessClaims>()
        ?? throw new InvalidOperationException("the route needs authorization");

    /// <summary>Why the token of a request was refused.</summary>
    public static string RefusalOf(HttpContext context) => (context.Features.Get<FailedToken>()?.Failure ?? TokenFailure.Missing).ToText();

    /// <summary>The token of a request, not verified; null without one.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : DashboardRoutes.TokenOf(request);
    }

    /// <inheritdoc />
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not { } token)
            return Task.FromResult(AuthenticateResult.NoResult());
        var result = _verifier.VerifyAccess(token);
        if (!result.Succeeded)
        {
            _refusal = result.Failure.ToText();
            Context.Features.Set(new FailedToken(result.Failure));
            _metrics.AuthFailures.Add(result.Failure.ToLabel());
            return Task.FromResult(AuthenticateResult.Fail(_refusal));
        }

        var claims = result.Claims;
        Context.Features.Set(claims);
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, claims.Player.ToString()), new Claim(ClaimTypes.Name, claims.Name), new Claim(ClaimTypes.Role, claims.Role)],
            SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return TypedResults.Problem($"Refused: {_refusal}.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        TypedResults.Problem("This needs the role admin.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);

    private sealed record FailedToken(TokenFailure Failure);
}
