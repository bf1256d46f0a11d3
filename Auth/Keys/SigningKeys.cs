// The keys behind every token: one that signs, and those whose tokens are still accepted.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Aetheris.Auth.Keys;

/// <summary>
/// One P-256 key pair that signs, and more public keys that verify (a rotation needs both for as long as a token lives). Each key's
/// <c>kid</c> is the RFC 7638 thumbprint of its public part; a token names the key that it was signed with.
/// </summary>
public sealed class SigningKeys : IDisposable
{
    private const string Key = AuthOptions.Section + ":" + nameof(AuthOptions.SigningKey);
    private const string OthersKey = AuthOptions.Section + ":" + nameof(AuthOptions.VerificationKeys);
    private const int MaxOthers = 8;
    private const int SecretBytes = 32;

    private readonly List<ECDsa> _all;

    private SigningKeys(ECDsa own, List<ECDsa> others)
    {
        _all = [own, .. others];
        SecurityKeys = _all.ConvertAll(ToSecurityKey);
        PublicKeys = _all.ConvertAll(ToPublicKey);
    }

    /// <summary>The <c>kid</c> of tokens signed with this key.</summary>
    public string KeyId => SecurityKey.KeyId;

    /// <summary>All keys that verify, the signing one first, each once.</summary>
    public IReadOnlyList<PublicKey> PublicKeys { get; }

    internal ECDsaSecurityKey SecurityKey => SecurityKeys[0];

    internal IReadOnlyList<ECDsaSecurityKey> SecurityKeys { get; }

    /// <summary>The configured key; in Development, when none is configured, the user's key file.</summary>
    /// <exception cref="InvalidOperationException">There is no usable key; the message names the configuration key and never shows its value.</exception>
    public static SigningKeys Load(AuthOptions options, bool development) =>
        TryLoad(options, development, out var keys, out var error) ? keys : throw new InvalidOperationException(error);

    /// <summary>As <see cref="Load"/>, with a readable error instead of an exception.</summary>
    public static bool TryLoad(AuthOptions options, bool development, [NotNullWhen(true)] out SigningKeys? keys, out string error) =>
        TryLoad(options, development ? DevelopmentKeyFile.ForUser() : null, out keys, out error);

    /// <summary>As <see cref="TryLoad(AuthOptions, bool, out SigningKeys?, out string)"/>, with a given key file for Development or none.</summary>
    public static bool TryLoad(AuthOptions options, DevelopmentKeyFile? file, [NotNullWhen(true)] out SigningKeys? keys, out string error)
    {
        keys = null;
        if (!TryLoadOwn(options, file, out var own, out error))
            return false;
        if (!TryLoadOthers(options, own, out var others))
        {
            own.Dispose();
            error = $"{OthersKey} must hold at most {MaxOthers} P-256 keys, separated by ';', each PEM or base64 of its DER form";
            return false;
        }

        keys = new SigningKeys(own, others);
        return true;
    }

    /// <summary>A secret of 32 bytes for another purpose, the same wherever this signing key is; it says nothing about the key.</summary>
    /// <param name="purpose">Different purposes get independent secrets.</param>
    public byte[] DeriveSecret(string purpose)
    {
        var parameters = _all[0].ExportParameters(includePrivateParameters: true);
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
        foreach (var key in _all)
            key.Dispose();
    }

    private static bool TryLoadOwn(AuthOptions options, DevelopmentKeyFile? file, [NotNullWhen(true)] out ECDsa? own, out string error)
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
            error = $"{Key} is not set: outside Development it must hold a P-256 private key (PEM, or base64 of its PKCS#8 form)";
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

    // The signing key may stay in the list during a rotation: it is taken once.
    private static bool TryLoadOthers(AuthOptions options, ECDsa own, out List<ECDsa> others)
    {
        others = [];
        var texts = (options.VerificationKeys ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var known = new HashSet<string>(StringComparer.Ordinal) { ToSecurityKey(own).KeyId };
        foreach (var text in texts)
        {
            if (texts.Length > MaxOthers || !KeyText.TryReadPublic(text, out var key))
            {
                others.ForEach(read => read.Dispose());
                return false;
            }

            if (known.Add(ToSecurityKey(key).KeyId))
                others.Add(key);
            else
                key.Dispose();
        }

        return true;
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
}
