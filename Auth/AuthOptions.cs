// Configuration of sign-in: who may come in, and with which keys.
using Aetheris.Protocol.Identity;

namespace Aetheris.Auth;

/// <summary>Section <c>Aetheris:Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Aetheris:Auth";

    /// <summary>Fewest characters of <see cref="ClusterSecret"/>.</summary>
    public const int MinClusterSecret = 16;

    /// <summary>Longest life of an access token.</summary>
    public static readonly TimeSpan MaxAccessTokenLifetime = TimeSpan.FromDays(30);

    /// <summary>Longest life of a sign-in.</summary>
    public static readonly TimeSpan MaxRefreshTokenLifetime = TimeSpan.FromDays(366);

    /// <summary>Longest life of a connect token.</summary>
    public static readonly TimeSpan MaxConnectTokenLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Whether <c>POST /api/auth/guest</c> signs anybody in. Unset: only in Development.</summary>
    public bool? AllowGuests { get; set; }

    /// <summary>Guest sign-ins of one address and gateway per hour, 0 = no limit. Unset: 600, in Development no limit.</summary>
    public int? GuestsPerHour { get; set; }

    /// <summary>Tries of one address per hour at each step: ask for a code, give one, fetch a nonce, give an ID token; and refreshes that fail.</summary>
    public int SignInsPerHour { get; set; } = 30;

    /// <summary>Codes that one e-mail address is sent per hour.</summary>
    public int CodesPerHour { get; set; } = 5;

    /// <summary>Player ids, separated by ';', that sign in by e-mail or OIDC with the role admin.</summary>
    public string? Admins { get; set; }

    /// <summary>P-256 private key that signs tokens: PEM, or base64 of its PKCS#8. Unset in Development: a key file of the user; in a cluster with <see cref="ClusterSecret"/>: the cluster's own.</summary>
    public string? SigningKey { get; set; }

    /// <summary>
    /// More P-256 keys whose tokens are accepted, separated by ';': the previous and the next signing key during a rotation. Public keys
    /// suffice (PEM, or base64 of SubjectPublicKeyInfo).
    /// </summary>
    public string? VerificationKeys { get; set; }

    /// <summary>
    /// Key that seals connect tokens: base64 of 32 bytes; several with commas between, of which the first seals and all open. Unset in
    /// Development: a key file of the user; in a cluster with <see cref="ClusterSecret"/>: the cluster's own.
    /// </summary>
    public string? ConnectKey { get; set; }

    /// <summary>Secret, at least <see cref="MinClusterSecret"/> characters, that seals the keys which a cluster generates and keeps in Redis.</summary>
    public string? ClusterSecret { get; set; }

    /// <summary>Life of an access token: a client fetches the next one with its refresh token.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Time from a sign-in to the end of its refresh tokens, however often they are used.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Life of a connect token, from match to connection (DESIGN §3 Security: 30 s).</summary>
    public TimeSpan ConnectTokenLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The player ids of <see cref="Admins"/>.</summary>
    /// <exception cref="FormatException">One is none.</exception>
    public HashSet<PlayerId> ReadAdmins()
    {
        var admins = new HashSet<PlayerId>();
        foreach (var text in (Admins ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!PlayerId.TryParse(text, out var player) || player.IsNone)
                throw new FormatException($"{Section}:{nameof(Admins)} holds player ids of 26 characters, separated by ';'");
            admins.Add(player);
        }

        return admins;
    }
}
