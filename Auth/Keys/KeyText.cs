// Reads P-256 keys from configuration without ever showing them.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Aetheris.Auth.Keys;

/// <summary>PEM, or base64 of PKCS#8 or SEC 1 (private; openssl writes either) or SubjectPublicKeyInfo (public). What is wrong with a text stays unsaid: it is a secret.</summary>
internal static class KeyText
{
    private const string NistP256 = "1.2.840.10045.3.1.7";

    /// <summary>Reads a private key; the caller disposes of it.</summary>
    public static bool TryReadPrivate(string text, [NotNullWhen(true)] out ECDsa? key) => TryRead(text, needsPrivate: true, out key);

    /// <summary>Reads a key of which the public half is used; the caller disposes of it.</summary>
    public static bool TryReadPublic(string text, [NotNullWhen(true)] out ECDsa? key) => TryRead(text, needsPrivate: false, out key);

    private static bool TryRead(string text, bool needsPrivate, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;
        ECDsa? ecdsa = null;
        try
        {
            ecdsa = ECDsa.Create();
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
                ecdsa.ImportFromPem(text);
            else
                ImportBase64(ecdsa, Convert.FromBase64String(text.Trim()), needsPrivate);
            if (!IsP256(ecdsa, needsPrivate))
                return false;
            key = ecdsa;
            ecdsa = null;
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or FormatException)
        {
            // The exception may quote the text.
            return false;
        }
        finally
        {
            ecdsa?.Dispose();
        }
    }

    private static void ImportBase64(ECDsa ecdsa, byte[] bytes, bool needsPrivate)
    {
        try
        {
            if (TryImport(bytes, ecdsa.ImportPkcs8PrivateKey) || TryImport(bytes, ecdsa.ImportECPrivateKey))
                return;
            if (!needsPrivate)
                ecdsa.ImportSubjectPublicKeyInfo(bytes, out _);
            else
                throw new CryptographicException("neither PKCS#8 nor SEC 1");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static bool TryImport(byte[] bytes, Import import)
    {
        try
        {
            import(bytes, out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsP256(ECDsa ecdsa, bool needsPrivate)
    {
        if (!needsPrivate)
            return string.Equals(ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value, NistP256, StringComparison.Ordinal);
        var parameters = ecdsa.ExportParameters(includePrivateParameters: true);
        var usable = parameters.D is not null && string.Equals(parameters.Curve.Oid.Value, NistP256, StringComparison.Ordinal);
        CryptographicOperations.ZeroMemory(parameters.D);
        return usable;
    }

    private delegate void Import(ReadOnlySpan<byte> bytes, out int read);
}
