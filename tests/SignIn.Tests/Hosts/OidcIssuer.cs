// A provider of accounts: discovery, keys, and ID tokens, over real sockets.
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aetheris.SignIn.Tests.Hosts;

internal sealed class OidcIssuer : IAsyncDisposable
{
    public const string ClientId = "aetheris-game";

    private readonly WebApplication _app;
    private RsaSecurityKey _key = NewKey();

    private OidcIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>How often the keys were fetched.</summary>
    public int KeyFetches { get; private set; }

    public static async Task<OidcIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new OidcIssuer(app);
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = issuer.Url,
            jwks_uri = issuer.Url + "/keys",
            authorization_endpoint = issuer.Url + "/authorize",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        app.MapGet("/keys", () =>
        {
            issuer.KeyFetches++;
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(issuer._key);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = issuer._key.KeyId, n = key.N, e = key.E } } });
        });
        await app.StartAsync();
        return issuer;
    }

    /// <summary>An ID token, with what a test changes about it.</summary>
    public string IdToken(string subject, string nonce, string? audience = null, string? issuer = null, TimeSpan? life = null, RsaSecurityKey? key = null)
    {
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Url,
            Audience = audience ?? ClientId,
            IssuedAt = now.AddMinutes(-5),
            Expires = now + (life ?? TimeSpan.FromMinutes(5)),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject, ["nonce"] = nonce, ["name"] = "Grace" },
            SigningCredentials = new SigningCredentials(key ?? _key, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>A token with the algorithm none.</summary>
    public string Unsigned(string subject, string nonce) =>
        $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{IdToken(subject, nonce).Split('.')[1]}.";

    /// <summary>From now on another key signs.</summary>
    public void RotateKey() => _key = NewKey();

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
