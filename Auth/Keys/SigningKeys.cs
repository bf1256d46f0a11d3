// The keys behind every token: one that signs, and those whose tokens are still accepted.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Aetheris.Auth.Keys;

/// <summary>
/// One P-256 key pair that signs, and more public keys that verify (a rotation needs both for as long as a token lives). Each key's
/// <c>kid</c> is the RFC 7638 thumbprint of its public part; a token names the key that it was signed with. Where the cluster keeps the
/// key itself, everything but <see cref="IsReady"/> throws until it was read (<see cref="SigningKeyStore"/>). Thread-safe.
/// </summary>
public sealed class SigningKeys : IDisposable
{
    private const string Key = AuthOptions.Section + ":" + nameof(AuthOptions.SigningKey);
    private const string SecretKey = AuthOptions.Section + ":" + nameof(AuthOptions.ClusterSecret);
    private const string OthersKey = AuthOptions.Section + ":" + nameof(AuthOptions.VerificationKeys);
    private const int MaxOthers = 8;
    private const int SecretBytes = 32;

    private readonly AuthOptions _options;
    private volatile Set? _set;

    private SigningKeys(AuthOptions options) => _options = options;

    /// <summary>Whether the keys are there.</summary>
    public bool IsReady => _set is not null;

    /// <summary>The <c>kid</c> of tokens signed with this key.</summary>
    public string KeyId => SecurityKey.KeyId;

    /// <summary>All keys that verify, the signing one first, each once.</summary>
    public IReadOnlyList<PublicKey> PublicKeys => Ready.Public;

    internal ECDsaSecurityKey SecurityKey => Ready.Security[0];

    internal IReadOnlyList<ECDsaSecurityKey> SecurityKeys => Ready.Security;

    private Set Ready => _set ?? throw new InvalidOperationException("the signing key is not there yet");

    /// <summary>The configured key; in Development, when none is configured, the user's key file.</summary>
    /// <exception cref="InvalidOperationException">There is no usable key; the message names the configuration key and never shows its value.</exception>
    public static SigningKeys Load(AuthOptions options, bool development, KeyHome home = KeyHome.Configuration) =>
        TryLoad(options, development, home, out var keys, out var error) ? keys : throw new InvalidOperationException(error);

    /// <summary>As <see cref="Load"/>, with a readable error instead of an exception.</summary>
    public static bool TryLoad(AuthOptions options, bool development, KeyHome home, [NotNullWhen(true)] out SigningKeys? keys, out string error) =>
        TryLoad(options, development ? DevelopmentKeyFile.ForUser() : null, home, out keys, out error);

    /// <summary>As <see cref="TryLoad(AuthOptions, bool, KeyHome, out SigningKeys?, out string)"/>, with a given key file for Development or none.</summary>
    public static bool TryLoad(AuthOptions options, DevelopmentKeyFile? file, KeyHome home, [NotNullWhen(true)] out SigningKeys? keys, out string error)
    {
        keys = null;
        var isStored = home == KeyHome.Store && file is null && string.IsNullOrWhiteSpace(options.SigningKey)
            && options.ClusterSecret is { Length: >= AuthOptions.MinClusterSecret };
        ECDsa? own = null;
        error = string.Empty;
        if (!isStored && !TryLoadOwn(options, file, home, out own, out error))
            return false;
        if (!TryLoadOthers(options, out var others))
        {
            own?.Dispose();
            error = $"{OthersKey} must hold at most {MaxOthers} P-256 keys, separated by ';', each PEM or base64 of its DER form";
            return false;
        }

        keys = new SigningKeys(options);
        if (own is not null)
            keys.Use(own, others);
        else
            others.ForEach(read => read.Dispose());
        return true;
    }

    /// <summary>A private key nobody has: its scalar, 32 bytes.</summary>
    internal static byte[] NewSecret()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportParameters(includePrivateParameters: true).D!;
    }

    /// <summary>Takes over the cluster's own key; false when the bytes are no private key.</summary>
    internal bool TryUse(byte[] secret)
    {
        try
        {
            var own = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
            if (!TryLoadOthers(_options, out var others))
                return false;
            Use(own, others);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>A secret of 32 bytes for another purpose, the same wherever this signing key is; it says nothing about the key.</summary>
    /// <param name="purpose">Different purposes get independent secrets.</param>
    public byte[] DeriveSecret(string purpose)
    {
        var parameters = Ready.All[0].ExportParameters(includePrivateParameters: true);
        try
        {
            return HKDF.DeriveKey(HashAlgorithmName.SHA256, parameters.D!, SecretBytes, info: Encoding.UTF8.GetBytes("aetheris " + purpose));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var key in _set?.All ?? [])
            key.Dispose();
    }

    private static bool TryLoadOwn(AuthOptions options, DevelopmentKeyFile? file, KeyHome home, [NotNullWhen(true)] out ECDsa? own, out string error)
    {
        own = null;
        error = string.Empty;
        if (!string.IsNullOrWhiteSpace(options.SigningKey))
        {
            if (KeyText.TryReadPrivate(options.SigningKey, out own))
                return true;
            error = $"{Key} is not a P-256 private key: PEM, or base64 of its PKCS#8 form, is expected";
            return false;
        }

        if (file is null)
        {
            error = $"{Key} is not set: outside Development it must hold a P-256 private key (PEM, or base64 of its PKCS#8 form)"
                + (home == KeyHome.Store ? $", or {SecretKey} a secret of {AuthOptions.MinClusterSecret} characters or more with which the cluster keeps its own in Redis" : string.Empty);
            return false;
        }

        if (!file.TryReadOrCreate(out var pem, out error))
        {
            error = $"{Key} is not set and the Development key file cannot be used: {error}";
            return false;
        }

        if (KeyText.TryReadPrivate(pem, out own))
            return true;
        error = $"{Key} is not set and the Development key file {file.Path} holds no P-256 private key: delete it to get a new one";
        return false;
    }

    private static bool TryLoadOthers(AuthOptions options, out List<ECDsa> others)
    {
        others = [];
        var texts = (options.VerificationKeys ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var text in texts)
        {
            if (texts.Length > MaxOthers || !KeyText.TryReadPublic(text, out var key))
            {
                others.ForEach(read => read.Dispose());
                return false;
            }

            others.Add(key);
        }

        return true;
    }

    // The signing key may stay in the list during a rotation: it is taken once.
    private void Use(ECDsa own, List<ECDsa> others)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var all = new List<ECDsa>();
        foreach (var key in others.Prepend(own))
        {
            if (known.Add(ToSecurityKey(key).KeyId))
                all.Add(key);
            else
                key.Dispose();
        }

        _set = new Set(all, all.ConvertAll(ToSecurityKey), all.ConvertAll(ToPublicKey));
    }

    private static ECDsaSecurityKey ToSecurityKey(ECDsa ecdsa)
    {
        var key = new ECDsaSecurityKey(ecdsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static PublicKey ToPublicKey(ECDsa ecdsa)
    {
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return new PublicKey(ToSecurityKey(ecdsa).KeyId, Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }

    private sealed record Set(List<ECDsa> All, List<ECDsaSecurityKey> Security, List<PublicKey> Public);
}
