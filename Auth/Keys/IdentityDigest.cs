// Names people in logs and storage without saying who they are.
using System.Security.Cryptography;
using System.Text;

namespace Aetheris.Auth.Keys;

/// <summary>
/// HMAC-SHA256 under a secret of the signing key, cut to 128 bits: the same address is the same word everywhere in the deployment, and
/// nobody without the key can try addresses against it (CONTROL_PLANE C-7). Thread-safe.
/// </summary>
public sealed class IdentityDigest
{
    private const int Bytes = 16;
    private readonly Lazy<byte[]> _secret;

    /// <summary>Digests under one key.</summary>
    public IdentityDigest(SigningKeys keys) => _secret = new Lazy<byte[]>(() => keys.DeriveSecret("identity digest"), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>32 hex digits.</summary>
    /// <param name="kind">Such as "address" or "email": equal texts of different kinds differ.</param>
    /// <param name="text">What must not be told.</param>
    public string Of(string kind, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret.Value, Encoding.UTF8.GetBytes(kind + ":" + text)).AsSpan(0, Bytes));
}
