// Signing in by a code in an e-mail.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Grains.Interfaces.SignIn;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.SignIn.Email;

/// <summary>
/// <c>/api/auth/email/request</c> and <c>/api/auth/email/login</c>. A request is answered the same whether or not somebody with this address
/// has ever been here and whether or not a mail is sent; a wrong code the same as a code that never was.
/// </summary>
public static class EmailRoutes
{
    private const int CodeDigits = 6;
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/auth/email/request", RequestAsync).WithSummary("Have a code sent to an e-mail address")
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(429);
        routes.MapPost("/api/auth/email/login", LoginAsync).WithSummary("Sign in with the code")
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
    }

    private static async Task<Results<Ok<CodeRequestAnswer>, ProblemHttpResult>> RequestAsync(
        CodeRequest body, HttpContext context, SignInLimits limits, IdentityDigest digest, IMailSender sender, MailQueue mails, IGrainFactory grains, TimeProvider time)
    {
        if (!sender.IsConfigured)
            return TypedResults.Problem($"Sign-in by e-mail is not set up here ({EmailOptions.Section}).", statusCode: StatusCodes.Status403Forbidden);
        if (!EmailAddress.TryRead(body.Email, out var address))
            return TypedResults.Problem("email must be an e-mail address.", statusCode: StatusCodes.Status400BadRequest);
        if (!await limits.TryAddressAsync(context, "request"))
            return SignInLimits.TooOften();

        var who = digest.Of("email", address);
        var isSent = await limits.TryEmailAsync(who);
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var request = TokenIssuer.NewPlayer().ToString();
        var answer = new CodeRequestAnswer(request, time.GetUtcNow() + CodeLife);
        // Beyond the limit everything happens but the mail, and no guess is right.
        var hash = isSent ? HashOf(digest, request, code) : RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        await grains.GetGrain<IEmailCodeGrain>(request).StartAsync(
            new EmailCode(hash, ExternalIdentity.PlayerOf(ExternalIdentity.Email, address), who, answer.ExpiresAt));
        if (isSent)
            mails.Add(new CodeMail(address, code));
        return TypedResults.Ok(answer);
    }

    private static async Task<IResult> LoginAsync(
        CodeLogin body, HttpContext context, SignInLimits limits, IdentityDigest digest, SignInCompletion completion, IGrainFactory grains, GatewayMetrics metrics)
    {
        if (!await limits.TryAddressAsync(context, "login"))
            return SignInLimits.TooOften();
        var code = body.Code?.Trim();
        if (PlayerId.TryParse(body.RequestId, out var request) && code?.Length == CodeDigits)
        {
            var id = request.ToString();
            var answer = await grains.GetGrain<IEmailCodeGrain>(id).TryAsync(HashOf(digest, id, code));
            if (answer.Right)
                return await completion.BeginAsync(answer.Player, body.Name, ExternalIdentity.Email);
        }

        metrics.AuthFailures.Add("code");
        return TypedResults.Problem("The code is not right, or no longer good; ask for a new one.", statusCode: StatusCodes.Status401Unauthorized);
    }

    // Six digits are soon tried out against a plain hash: whoever reads storage has no key.
    private static byte[] HashOf(IdentityDigest digest, string request, string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(digest.Of("code:" + request, code)));
}
