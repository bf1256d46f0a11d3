// The key pair behind every token: from configuration, or in Development from the user's key file.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Aetheris.Auth.Keys;

/// <summary>One P-256 key pair. Its <see cref="KeyId"/> is the RFC 7638 thumbprint of the public part.</summary>
public sealed class SigningKeys : IDisposable
{
    private const string Key = AuthOptions.Section + ":" + nameof(AuthOptions.SigningKey);
    private const string NistP256 = "1.2.840.10045.3.1.7";
    private readonly ECDsa _ecdsa;

    private SigningKeys(ECDsa ecdsa)
    {
        _ecdsa = ecdsa;
        SecurityKey = new ECDsaSecurityKey(ecdsa);
        KeyId = Base64UrlEncoder.Encode(SecurityKey.ComputeJwkThumbprint());
        SecurityKey.KeyId = KeyId;
    }

    /// <summary>The <c>kid</c> of tokens signed with this key.</summary>
    public string KeyId { get; }

    internal ECDsaSecurityKey SecurityKey { get; }

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
        if (!string.IsNullOrWhiteSpace(options.SigningKey))
        {
            if (TryParse(options.SigningKey, out keys))
            {
                error = string.Empty;
                return true;
            }

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

        if (TryParse(pem, out keys))
            return true;
        error = $"{Key} is not set and the Development key file {file.Path} holds no P-256 private key: delete it to get a new one";
        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _ecdsa.Dispose();

    private static bool TryParse(string text, [NotNullWhen(true)] out SigningKeys? keys)
    {
        keys = null;
        ECDsa? ecdsa = null;
        try
        {
            ecdsa = ECDsa.Create();
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
                ecdsa.ImportFromPem(text);
            else
                ecdsa.ImportPkcs8PrivateKey(Convert.FromBase64String(text.Trim()), out _);
            var parameters = ecdsa.ExportParameters(includePrivateParameters: true);
            var usable = parameters.D is not null && string.Equals(parameters.Curve.Oid.Value, NistP256, StringComparison.Ordinal);
            CryptographicOperations.ZeroMemory(parameters.D);
            if (!usable)
                return false;
            keys = new SigningKeys(ecdsa);
            ecdsa = null;
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException)
        {
            // The text is a secret and the exception may quote it: what is wrong with it stays unsaid.
            return false;
        }
        finally
        {
            ecdsa?.Dispose();
        }
    }
}
