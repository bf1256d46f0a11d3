// Configuration of sign-in: who may come in, and with which keys.
namespace Aetheris.Auth;

/// <summary>Section <c>Aetheris:Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Aetheris:Auth";

    /// <summary>Longest life of an access token.</summary>
    public static readonly TimeSpan MaxAccessTokenLifetime = TimeSpan.FromDays(30);

    /// <summary>Longest life of a connect token.</summary>
    public static readonly TimeSpan MaxConnectTokenLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Whether <c>POST /api/auth/guest</c> signs anybody in. Unset: only in Development.</summary>
    public bool? AllowGuests { get; set; }

    /// <summary>P-256 private key that signs tokens: PEM, or base64 of its PKCS#8. Unset in Development: a key file of the user.</summary>
    public string? SigningKey { get; set; }

    /// <summary>
    /// Key that seals connect tokens: base64 of 32 bytes; several with commas between, of which the first seals and all open. Unset in
    /// Development: a key file of the user; in a cluster with <see cref="ClusterSecret"/>: the cluster's own.
    /// </summary>
    public string? ConnectKey { get; set; }

    /// <summary>Secret, at least 16 characters, that seals the keys which a cluster generates and keeps in Redis.</summary>
    public string? ClusterSecret { get; set; }

    /// <summary>Life of an access token.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Life of a connect token, from match to connection (DESIGN §3 Security: 30 s).</summary>
    public TimeSpan ConnectTokenLifetime { get; set; } = TimeSpan.FromSeconds(30);
}
