// One key that seals connect tokens.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Auth.Connect;

/// <summary>An AES-256 key. <see cref="Id"/> is the beginning of its SHA-256 and travels in clear. Thread-safe; never printed.</summary>
public sealed class ConnectKey : IDisposable
{
    private const int IdSize = 4;

    private readonly Lock _lock = new();
    private readonly PacketCipher _cipher;

    /// <summary>A key of 32 bytes.</summary>
    public ConnectKey(ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secret, hash);
        Id = BinaryPrimitives.ReadUInt32LittleEndian(hash[..IdSize]);
        _cipher = new PacketCipher(secret);
    }

    /// <summary>Names the key in tokens.</summary>
    public uint Id { get; }

    /// <summary>A key nobody has.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SealLimits.KeySize);

    /// <summary>Reads base64 of 32 bytes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out byte[]? secret)
    {
        secret = new byte[SealLimits.KeySize];
        if (Convert.TryFromBase64String(text.Trim(), secret, out var length) && length == SealLimits.KeySize)
            return true;
        secret = null;
        return false;
    }

    /// <summary>Seals, with a nonce that is new.</summary>
    internal void Seal(Span<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> into, Span<byte> tag, ReadOnlySpan<byte> associated)
    {
        RandomNumberGenerator.Fill(nonce);
        lock (_lock)
            _cipher.Seal(nonce, plain, into, tag, associated);
    }

    /// <summary>As <see cref="PacketCipher.TryOpen"/>.</summary>
    internal bool TryOpen(ReadOnlySpan<byte> nonce, Span<byte> cipher, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associated, Span<byte> plain)
    {
        lock (_lock)
            return _cipher.TryOpen(nonce, cipher, tag, associated, plain);
    }

    /// <inheritdoc />
    public void Dispose() => _cipher.Dispose();
}
