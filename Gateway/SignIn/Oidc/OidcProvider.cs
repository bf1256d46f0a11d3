// One issuer: its keys by discovery, and the verification of its ID tokens.
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>
/// OpenID Connect Core §3.1.3.7: issuer, audience, signature by a published key with an asymmetric algorithm, lifetime, and the nonce of this
/// very sign-in. Discovery is done when it is needed and repeated when a key is unknown: a provider that is away costs that moment's sign-ins
/// only. Thread-safe.
/// </summary>
public sealed class OidcProvider : IDisposable
{
    private const int MaxTokenLength = 16 * 1024;
    private const int MaxSubject = 255;
    private static readonly TimeSpan AwayPause = TimeSpan.FromSeconds(10);
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength, MapInboundClaims = false };
    private readonly OidcDiscovery _discovery;
    private readonly TimeProvider _time;
    private long _awayAt;

    /// <summary>A provider that was not asked yet.</summary>
    public OidcProvider(string name, OidcProviderOptions options, HttpClient http, TimeProvider time)
    {
        Name = name;
        Issuer = options.Issuer;
        ClientId = options.ClientId;
        _time = time;
        _discovery = new OidcDiscovery(options.Issuer, http, time);
    }

    /// <summary>Its configured name.</summary>
    public string Name { get; }

    /// <summary>Its issuer URL.</summary>
    public string Issuer { get; }

    /// <summary>Our client id there.</summary>
    public string ClientId { get; }

    /// <summary>Where a browser signs in; null while the issuer cannot be reached, or names no web page.</summary>
    public async Task<string?> FindAuthorizationAsync(CancellationToken cancellation)
    {
        // Anybody may ask for this as often as they like: an issuer that is away is not asked each time.
        if (Interlocked.Read(ref _awayAt) is var away and not 0 && _time.GetElapsedTime(away) < AwayPause)
            return null;
        try
        {
            var page = (await _discovery.GetAsync(wantsNewer: false, cancellation)).AuthorizationEndpoint;
            return Uri.TryCreate(page, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? page : null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            Interlocked.Exchange(ref _awayAt, _time.GetTimestamp());
            return null;
        }
    }

    /// <summary>Verifies an ID token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="nonce">The nonce that it must carry.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<OidcIdentity> VerifyAsync(string token, string nonce, CancellationToken cancellation)
    {
        if (token.Length > MaxTokenLength)
            return OidcIdentity.Refuse("too long");
        try
        {
            var result = await ValidateAsync(token, wantsNewer: false, cancellation);
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
                result = await ValidateAsync(token, wantsNewer: true, cancellation);

            return result.IsValid ? Read((JsonWebToken)result.SecurityToken, nonce) : OidcIdentity.Refuse(result.Exception?.GetType().Name ?? "invalid");
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return OidcIdentity.Away(exception.GetType().Name);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or SecurityTokenException or System.Text.Json.JsonException)
        {
            return OidcIdentity.Refuse("malformed");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _discovery.Dispose();

    private async Task<TokenValidationResult> ValidateAsync(string token, bool wantsNewer, CancellationToken cancellation)
    {
        var published = await _discovery.GetAsync(wantsNewer, cancellation);
        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = ClientId,
            IssuerSigningKeys = published.SigningKeys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = false,
            ClockSkew = TimeSpan.FromMinutes(1),
        });
    }

    private OidcIdentity Read(JsonWebToken token, string nonce)
    {
        if (!token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Nonce, out var carried)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(carried ?? string.Empty), Encoding.UTF8.GetBytes(nonce)))
        {
            return OidcIdentity.Refuse("nonce");
        }

        if (token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Azp, out var party) && !string.Equals(party, ClientId, StringComparison.Ordinal))
            return OidcIdentity.Refuse("authorized party");
        if (string.IsNullOrEmpty(token.Subject) || token.Subject.Length > MaxSubject)
            return OidcIdentity.Refuse("subject");
        return new OidcIdentity(token.Subject, token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Name, out var name) ? name : null);
    }
}
