// The connect token as a client gets it: one opaque string.
using System;
using System.Buffers.Binary;

namespace Aetheris.Protocol.Sealing;

/// <summary>
/// base64url, without padding, of: version u8 (1) | end i64, milliseconds since 1970 | client's key 32 | gateway's key 32 | sealed part, at
/// most 512 bytes. Only a gateway can read the sealed part, which holds the keys once more. Whoever has the string can connect with it,
/// once: a secret.
/// </summary>
public sealed class ConnectToken
{
    private const byte Version = 1;
    private const int KeysAt = 9;
    private const int SealedAt = KeysAt + (2 * SealLimits.KeySize);

    private readonly byte[] _bytes;

    private ConnectToken(byte[] bytes) => _bytes = bytes;

    /// <summary>A token.</summary>
    /// <param name="expiresAt">Its end, milliseconds since 1970.</param>
    /// <param name="clientKey">Key of what the client says.</param>
    /// <param name="gatewayKey">Key of what the gateway says.</param>
    /// <param name="sealedPart">What the gateway reads.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public ConnectToken(long expiresAt, ReadOnlySpan<byte> clientKey, ReadOnlySpan<byte> gatewayKey, ReadOnlySpan<byte> sealedPart)
    {
        if (clientKey.Length != SealLimits.KeySize)
            throw new ArgumentException("a key has 32 bytes", nameof(clientKey));
        if (gatewayKey.Length != SealLimits.KeySize)
            throw new ArgumentException("a key has 32 bytes", nameof(gatewayKey));
        if (sealedPart.Length is 0 or > SealLimits.MaxSealed)
            throw new ArgumentException("a sealed part has 1 to 512 bytes", nameof(sealedPart));
        _bytes = new byte[SealedAt + sealedPart.Length];
        _bytes[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(1), expiresAt);
        clientKey.CopyTo(_bytes.AsSpan(KeysAt));
        gatewayKey.CopyTo(_bytes.AsSpan(KeysAt + SealLimits.KeySize));
        sealedPart.CopyTo(_bytes.AsSpan(SealedAt));
    }

    /// <summary>Its end, milliseconds since 1970.</summary>
    public long ExpiresAt => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(1));

    /// <summary>Key of what the client says.</summary>
    public ReadOnlySpan<byte> ClientKey => _bytes.AsSpan(KeysAt, SealLimits.KeySize);

    /// <summary>Key of what the gateway says.</summary>
    public ReadOnlySpan<byte> GatewayKey => _bytes.AsSpan(KeysAt + SealLimits.KeySize, SealLimits.KeySize);

    /// <summary>What the gateway reads.</summary>
    public ReadOnlySpan<byte> SealedPart => _bytes.AsSpan(SealedAt);

    /// <summary>The string; a method, so that no log shows it by chance.</summary>
    public string Encode() => Convert.ToBase64String(_bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Reads a token; false for any other text.</summary>
    public static bool TryParse(string? text, out ConnectToken? token)
    {
        token = null;
        if (string.IsNullOrEmpty(text) || text!.Length > Link.LinkLimits.MaxToken || text.Length % 4 == 1)
            return false;
        Span<char> padded = stackalloc char[text.Length + 3];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'))
                return false;
            padded[i] = c == '-' ? '+' : c == '_' ? '/' : c;
        }

        var length = text.Length;
        while (length % 4 != 0)
            padded[length++] = '=';
        var bytes = new byte[length / 4 * 3];
        if (!Convert.TryFromBase64Chars(padded.Slice(0, length), bytes, out var written)
            || written <= SealedAt || written > SealedAt + SealLimits.MaxSealed || bytes[0] != Version)
        {
            return false;
        }

        token = new ConnectToken(bytes.AsSpan(0, written).ToArray());
        return true;
    }
}
