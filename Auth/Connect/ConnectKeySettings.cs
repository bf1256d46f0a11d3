// Finds the connect keys that are known at start: configured, in the Development key file, or drawn for this process.
using Aetheris.Auth.Keys;

namespace Aetheris.Auth.Connect;

/// <summary>
/// <c>Aetheris:Auth:ConnectKey</c> holds one key or several separated by commas: the first seals, all open. A rotation without a gap adds
/// the new key at the end everywhere, then puts it first everywhere, then drops the old one.
/// </summary>
public static class ConnectKeySettings
{
    private const string Key = AuthOptions.Section + ":" + nameof(AuthOptions.ConnectKey);
    private const string SecretKey = AuthOptions.Section + ":" + nameof(AuthOptions.ClusterSecret);
    private const int MaxKeys = 8;

    /// <summary>The Development key file of the user who runs this process.</summary>
    public static DevelopmentKeyFile UserFile() =>
        new(DevelopmentKeyFile.InFolderOfUser("development-connect-key.txt"), static () => Convert.ToBase64String(ConnectKey.NewSecret()));

    /// <summary>Finds the keys.</summary>
    /// <param name="options">Configuration.</param>
    /// <param name="file">The Development key file; null outside Development.</param>
    /// <param name="home">Where keys live that nobody configured.</param>
    /// <param name="secrets">The keys, the sealing one first; empty when they are in the store.</param>
    /// <param name="error">Why not: names the configuration key and never shows its value.</param>
    public static bool TryLoad(AuthOptions options, DevelopmentKeyFile? file, KeyHome home, out IReadOnlyList<byte[]> secrets, out string error)
    {
        secrets = [];
        error = string.Empty;
        if (!string.IsNullOrWhiteSpace(options.ConnectKey))
            return TryParse(options.ConnectKey, out secrets, out error);
        if (file is not null)
            return TryRead(file, out secrets, out error);
        switch (home)
        {
            case KeyHome.Process:
                secrets = [ConnectKey.NewSecret()];
                return true;
            case KeyHome.Store when options.ClusterSecret is { Length: >= AuthOptions.MinClusterSecret }:
                return true;
            case KeyHome.Store when !string.IsNullOrEmpty(options.ClusterSecret):
                error = $"{SecretKey} is too short: at least {AuthOptions.MinClusterSecret} characters, better 32 random ones";
                return false;
            case KeyHome.Store:
                error = $"{Key} is not set: outside Development it must hold base64 of 32 random bytes, or {SecretKey} a secret with which the cluster keeps its own in Redis";
                return false;
            default:
                error = $"{Key} is not set: outside Development all gateways must share base64 of 32 random bytes";
                return false;
        }
    }

    private static bool TryParse(string text, out IReadOnlyList<byte[]> secrets, out string error)
    {
        secrets = [];
        error = string.Empty;
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = new List<byte[]>();
        foreach (var part in parts)
        {
            if (ConnectKey.TryParse(part, out var secret))
                found.Add(secret);
        }

        if (found.Count != parts.Length || found.Count is 0 or > MaxKeys)
        {
            error = $"{Key} is not base64 of 32 bytes, or up to {MaxKeys} of them with commas between";
            return false;
        }

        secrets = found;
        return true;
    }

    private static bool TryRead(DevelopmentKeyFile file, out IReadOnlyList<byte[]> secrets, out string error)
    {
        secrets = [];
        if (!file.TryReadOrCreate(out var text, out error))
        {
            error = $"{Key} is not set and the Development key file cannot be used: {error}";
            return false;
        }

        if (ConnectKey.TryParse(text, out var secret))
        {
            secrets = [secret];
            return true;
        }

        error = $"{Key} is not set and the Development key file {file.Path} holds no key: delete it to get a new one";
        return false;
    }
}
