// Makes connect tokens and opens what clients show of them.
using System.Buffers.Binary;
using System.Security.Cryptography;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Auth.Connect;

/// <summary>
/// Sealed part: version u8 (1) | key id u32 | nonce 12 | AES-256-GCM of <see cref="SealedIdentity"/> | tag 16; version and key id are
/// authenticated with it. Opening asks nobody and remembers nothing. Thread-safe.
/// </summary>
/// <param name="keys">The keys that hold now.</param>
/// <param name="options">Life of a token.</param>
/// <param name="time">Clock.</param>
public sealed class ConnectTokenSealer(ConnectKeyRing keys, AuthOptions options, TimeProvider time)
{
    /// <summary>Bytes of a sealed part beyond what it says.</summary>
    public const int Overhead = HeadSize + PacketCipher.NonceSize + SealLimits.TagSize;

    private const byte Version = 1;
    private const int HeadSize = 5;
    private const int BodyAt = HeadSize + PacketCipher.NonceSize;

    // Clocks of gateways may differ by this much; it lengthens no token by more.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    /// <summary>Whether the keys are there.</summary>
    public bool IsReady => keys.IsReady;

    /// <summary>A token for one room, never outliving the access token behind it.</summary>
    /// <param name="access">The verified access token's claims.</param>
    /// <param name="room">The matched room.</param>
    /// <param name="spectate">Watch only.</param>
    /// <param name="gateways">The gateways of the match, at most 4.</param>
    /// <exception cref="ArgumentException">Not a room name, or too many gateways.</exception>
    /// <exception cref="InvalidOperationException">The keys are not there yet.</exception>
    public IssuedToken Issue(AccessClaims access, string room, bool spectate, IReadOnlyList<GatewayId> gateways)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(gateways);
        if (!RoomName.IsValid(room))
            throw new ArgumentException("not a room name", nameof(room));
        if (gateways.Count > SealedIdentity.MaxGateways)
            throw new ArgumentException("a token names at most 4 gateways", nameof(gateways));
        var now = time.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds(Math.Min((now + options.ConnectTokenLifetime).ToUnixTimeSeconds(), access.ExpiresAt.ToUnixTimeSeconds()));
        var claims = new ConnectClaims(TokenIssuer.NewPlayer().ToString(), access, room, spectate, expires);
        var identity = new SealedIdentity(claims, gateways, RandomNumberGenerator.GetBytes(SealLimits.KeySize), RandomNumberGenerator.GetBytes(SealLimits.KeySize));
        var token = new ConnectToken(expires.ToUnixTimeMilliseconds(), identity.ClientKey, identity.GatewayKey, Seal(identity));
        return new IssuedToken(token.Encode(), expires);
    }

    /// <summary>Opens the sealed part that a client shows, and judges it for one gateway. That it is used once is the caller's part.</summary>
    /// <param name="sealedPart">Any bytes.</param>
    /// <param name="gateway">Who is asked.</param>
    public TokenResult<SealedIdentity> Open(ReadOnlySpan<byte> sealedPart, GatewayId gateway)
    {
        if (sealedPart.Length is <= Overhead or > SealLimits.MaxSealed || sealedPart[0] != Version)
            return TokenResult<SealedIdentity>.Refuse(TokenFailure.Malformed);
        if (keys.Find(BinaryPrimitives.ReadUInt32LittleEndian(sealedPart[1..])) is not { } key)
            return TokenResult<SealedIdentity>.Refuse(TokenFailure.WrongSignature);
        Span<byte> cipher = stackalloc byte[SealedIdentity.MaxBytes];
        Span<byte> plain = stackalloc byte[SealedIdentity.MaxBytes];
        var length = sealedPart.Length - Overhead;
        sealedPart.Slice(BodyAt, length).CopyTo(cipher);
        if (!key.TryOpen(sealedPart.Slice(HeadSize, PacketCipher.NonceSize), cipher[..length], sealedPart[(BodyAt + length)..], sealedPart[..HeadSize], plain[..length]))
            return TokenResult<SealedIdentity>.Refuse(TokenFailure.WrongSignature);
        if (!SealedIdentity.TryRead(plain[..length], out var identity))
            return TokenResult<SealedIdentity>.Refuse(TokenFailure.Malformed);
        if (time.GetUtcNow() >= identity.Claims.ExpiresAt + Skew)
            return TokenResult<SealedIdentity>.Refuse(TokenFailure.Expired);
        return identity.Gateways.Contains(gateway)
            ? TokenResult<SealedIdentity>.Accept(identity)
            : TokenResult<SealedIdentity>.Refuse(TokenFailure.WrongAudience);
    }

    /// <summary>As <see cref="Open(ReadOnlySpan{byte}, GatewayId)"/>, for the whole string as WebSocket clients show it.</summary>
    public TokenResult<SealedIdentity> Open(string? token, GatewayId gateway)
    {
        if (string.IsNullOrEmpty(token))
            return TokenResult<SealedIdentity>.Refuse(TokenFailure.Missing);
        return ConnectToken.TryParse(token, out var parsed)
            ? Open(parsed!.SealedPart, gateway)
            : TokenResult<SealedIdentity>.Refuse(TokenFailure.Malformed);
    }

    private byte[] Seal(SealedIdentity identity)
    {
        var writer = new ByteWriter(SealedIdentity.MaxBytes);
        identity.Write(writer);
        if (writer.Length > SealedIdentity.MaxBytes)
            throw new InvalidOperationException("a connect token would be too long");
        var key = keys.Sealing;
        var bytes = new byte[writer.Length + Overhead];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(1), key.Id);
        key.Seal(bytes.AsSpan(HeadSize, PacketCipher.NonceSize), writer.Written, bytes.AsSpan(BodyAt, writer.Length), bytes.AsSpan(BodyAt + writer.Length), bytes.AsSpan(0, HeadSize));
        return bytes;
    }
}
