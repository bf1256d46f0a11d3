// Verifies access tokens.
using Aetheris.Auth.Keys;
using Aetheris.Protocol.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aetheris.Auth.Tokens;

/// <summary>Accepts only what <see cref="TokenIssuer"/> made with one of our keys, and answers with a value. Thread-safe.</summary>
public sealed class TokenVerifier
{
    /// <summary>Longest token looked at, in characters.</summary>
    public const int MaxTokenLength = 2048;

    // Clocks of machines may differ by this much; it lengthens no token by more.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength, MapInboundClaims = false };
    private readonly Lazy<TokenValidationParameters> _signature;
    private readonly TimeProvider _time;

    /// <summary>A verifier with all keys that tokens may be signed with.</summary>
    public TokenVerifier(SigningKeys keys, TimeProvider time)
    {
        _time = time;
        // Only the signature is left to the library: the claims are compared here, each with its own reason.
        _signature = new Lazy<TokenValidationParameters>(() => new TokenValidationParameters
        {
            IssuerSigningKeys = keys.SecurityKeys,
            // A token names its key: without a name, or with one that is not ours, no key is tried.
            TryAllIssuerSigningKeys = false,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = false,
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        }, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Verifies an access token.</summary>
    public TokenResult<AccessClaims> VerifyAccess(string? token)
    {
        var failure = Check(token, TokenClaimNames.AccessAudience, out var jwt);
        if (failure != TokenFailure.None)
            return TokenResult<AccessClaims>.Refuse(failure);
        return TryReadHolder(jwt!, jwt!.Id, out var player, out var role, out var name)
            && TryTime(jwt, JwtRegisteredClaimNames.Iat, out var issued) && TryTime(jwt, JwtRegisteredClaimNames.Exp, out var expires)
                ? TokenResult<AccessClaims>.Accept(new AccessClaims(player, jwt.Id, role, name, issued, expires))
                : TokenResult<AccessClaims>.Refuse(TokenFailure.Malformed);
    }

    private TokenFailure Check(string? token, string audience, out JsonWebToken? jwt)
    {
        jwt = null;
        if (string.IsNullOrWhiteSpace(token))
            return TokenFailure.Missing;
        if (token.Length > MaxTokenLength)
            return TokenFailure.Malformed;
        try
        {
            // With a local key nothing is awaited: the task is complete when it is returned.
            var result = _handler.ValidateTokenAsync(token, _signature.Value).GetAwaiter().GetResult();
            if (!result.IsValid)
                return Reason(result.Exception);
            jwt = (JsonWebToken)result.SecurityToken;
            return CheckClaims(jwt, audience);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or SecurityTokenException or System.Text.Json.JsonException)
        {
            // The library's readers throw on some hostile claims; for a caller that is one more malformed token.
            return TokenFailure.Malformed;
        }
    }

    private TokenFailure CheckClaims(JsonWebToken jwt, string audience)
    {
        if (!TryText(jwt, JwtRegisteredClaimNames.Iss, out var issuer) || !string.Equals(issuer, TokenClaimNames.Issuer, StringComparison.Ordinal))
            return TokenFailure.WrongIssuer;
        if (!TryText(jwt, JwtRegisteredClaimNames.Aud, out var made) || !string.Equals(made, audience, StringComparison.Ordinal))
            return TokenFailure.WrongAudience;
        if (!TryTime(jwt, JwtRegisteredClaimNames.Exp, out var expires) || !TryTime(jwt, JwtRegisteredClaimNames.Iat, out var issued))
            return TokenFailure.Malformed;
        var now = _time.GetUtcNow();
        if (now >= expires + Skew)
            return TokenFailure.Expired;
        return issued > now + Skew ? TokenFailure.NotYetValid : TokenFailure.None;
    }

    private static bool TryReadHolder(JsonWebToken jwt, string jti, out PlayerId player, out string role, out string name)
    {
        player = default;
        name = string.Empty;
        return TryText(jwt, TokenClaimNames.Role, out role) && PlayerRole.IsKnown(role)
            && TryText(jwt, TokenClaimNames.Name, out name) && PlayerNameRule.IsValid(name)
            && TryText(jwt, JwtRegisteredClaimNames.Sub, out var subject) && PlayerId.TryParse(subject, out player) && !player.IsNone
            && PlayerId.TryParse(jti, out _);
    }

    private static bool TryText(JsonWebToken jwt, string claim, out string text)
    {
        text = string.Empty;
        if (!jwt.TryGetPayloadValue<object>(claim, out var value) || value is not string found || found.Length == 0)
            return false;
        text = found;
        return true;
    }

    private static bool TryTime(JsonWebToken jwt, string claim, out DateTimeOffset time)
    {
        time = default;
        if (!jwt.TryGetPayloadValue<long>(claim, out var seconds) || seconds is < 0 or > 253402300799 - 60)
            return false;
        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static TokenFailure Reason(Exception? exception) => exception switch
    {
        SecurityTokenMalformedException or ArgumentException => TokenFailure.Malformed,
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => TokenFailure.WrongSignature,
        _ => TokenFailure.Malformed,
    };
}
