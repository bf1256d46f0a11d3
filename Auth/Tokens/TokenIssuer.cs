// Makes access tokens.
using System.Security.Cryptography;
using Aetheris.Auth.Keys;
using Aetheris.Protocol.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aetheris.Auth.Tokens;

/// <summary>Signs JWTs with ES256. Thread-safe.</summary>
public sealed class TokenIssuer
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningKeys _keys;
    private readonly AuthOptions _options;
    private readonly TimeProvider _time;

    /// <summary>An issuer with one key.</summary>
    public TokenIssuer(SigningKeys keys, AuthOptions options, TimeProvider time)
    {
        _keys = keys;
        _options = options;
        _time = time;
    }

    /// <summary>A player nobody has been: 128 random bits.</summary>
    public static PlayerId NewPlayer()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return PlayerId.FromBytes(bits);
    }

    /// <summary>An access token.</summary>
    /// <param name="player">Subject.</param>
    /// <param name="name">Name to show, within <see cref="PlayerNameRule"/>.</param>
    /// <param name="role">A <see cref="PlayerRole"/>.</param>
    /// <param name="lifetime">Life; null takes the configured one. At most <see cref="AuthOptions.MaxAccessTokenLifetime"/>.</param>
    /// <param name="after">The newest revocation of the player, which this token comes after: tokens count whole seconds, so that one of the same second is dated into the next.</param>
    /// <exception cref="ArgumentException">A name, role, player or lifetime that no token may carry.</exception>
    public IssuedToken IssueAccess(
        PlayerId player, string name, string role = PlayerRole.Player, TimeSpan? lifetime = null, DateTimeOffset? after = null)
    {
        if (player.IsNone)
            throw new ArgumentException("a token needs a player", nameof(player));
        if (!PlayerNameRule.IsValid(name))
            throw new ArgumentException(PlayerNameRule.Text, nameof(name));
        if (!PlayerRole.IsKnown(role))
            throw new ArgumentException("the role must be player or admin", nameof(role));
        var life = lifetime ?? _options.AccessTokenLifetime;
        if (life < TimeSpan.FromSeconds(1) || life > AuthOptions.MaxAccessTokenLifetime)
            throw new ArgumentException("the lifetime must be between 1 s and 30 days", nameof(lifetime));

        var (issued, expires) = Times(life);
        if (after is { } revoked)
            issued = Math.Max(issued, revoked.ToUnixTimeSeconds() + 1);
        return Sign(expires, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [JwtRegisteredClaimNames.Iss] = TokenClaimNames.Issuer,
            [JwtRegisteredClaimNames.Aud] = TokenClaimNames.AccessAudience,
            [JwtRegisteredClaimNames.Sub] = player.ToString(),
            [JwtRegisteredClaimNames.Jti] = NewPlayer().ToString(),
            [TokenClaimNames.Role] = role,
            [TokenClaimNames.Name] = name,
            [JwtRegisteredClaimNames.Iat] = issued,
            [JwtRegisteredClaimNames.Exp] = expires,
        });
    }

    private (long Issued, long Expires) Times(TimeSpan life)
    {
        var now = _time.GetUtcNow();
        return (now.ToUnixTimeSeconds(), (now + life).ToUnixTimeSeconds());
    }

    private IssuedToken Sign(long expires, Dictionary<string, object> claims)
    {
        var token = _handler.CreateToken(new SecurityTokenDescriptor { Claims = claims, SigningCredentials = new SigningCredentials(_keys.SecurityKey, SecurityAlgorithms.EcdsaSha256) });
        return new IssuedToken(token, DateTimeOffset.FromUnixTimeSeconds(expires));
    }
}
