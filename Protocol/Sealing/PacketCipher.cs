// AES-256-GCM for one key, without exceptions for what is forged.
using System;
using System.Security.Cryptography;

namespace Aetheris.Protocol.Sealing;

/// <summary>
/// The platform's decryption throws for every forged tag, which would let a stranger buy an exception per datagram. Counter mode is its
/// own inverse, so encrypting twice opens and gives the tag to compare instead. Not thread-safe; allocates nothing after its creation.
/// </summary>
public sealed class PacketCipher : IDisposable
{
    /// <summary>Bytes of a nonce.</summary>
    public const int NonceSize = 12;

    private readonly AesGcm _aes;

    /// <summary>A cipher with one key of 32 bytes.</summary>
    /// <exception cref="PlatformNotSupportedException">This runtime has no AES-GCM (some of Unity's): use WebSocket there.</exception>
    public PacketCipher(ReadOnlySpan<byte> key)
    {
#if NETSTANDARD2_1
        _aes = new AesGcm(key);
#else
        _aes = new AesGcm(key, SealLimits.TagSize);
#endif
    }

    /// <summary>Seals. Plain and sealed bytes may be the same span, and are of the same length.</summary>
    public void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> into, Span<byte> tag, ReadOnlySpan<byte> associated) =>
        _aes.Encrypt(nonce, plain, into, tag, associated);

    /// <summary>Opens, if everything is genuine.</summary>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="cipher">The sealed bytes; unchanged after the call.</param>
    /// <param name="tag">16 bytes.</param>
    /// <param name="associated">What was sealed with it in clear.</param>
    /// <param name="plain">As long as the sealed bytes, apart from them; meaningless unless the answer is true.</param>
    public bool TryOpen(ReadOnlySpan<byte> nonce, Span<byte> cipher, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated, Span<byte> plain)
    {
        Span<byte> expected = stackalloc byte[SealLimits.TagSize];
        _aes.Encrypt(nonce, cipher, plain, expected, associated);
        _aes.Encrypt(nonce, plain, cipher, expected, associated);
        return CryptographicOperations.FixedTimeEquals(expected, tag);
    }

    /// <inheritdoc />
    public void Dispose() => _aes.Dispose();
}
