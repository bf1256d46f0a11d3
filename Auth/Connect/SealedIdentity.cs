// What the sealed part of a connect token says, and its bytes.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Auth.Connect;

/// <summary>
/// version u8 (1) | id 16 | end i64 s | player 16 | role, name, room strings | flags u8 (1 spectate) | access token's jti string, issue and
/// end i64 s | count u8 (≤ 4), gateways u64 | client's key 32 | gateway's key 32.
/// </summary>
/// <param name="Claims">Who, where, until when; its jti is the token's unique id.</param>
/// <param name="Gateways">Who may take it, at most <see cref="MaxGateways"/>.</param>
/// <param name="ClientKey">Key of what the client says.</param>
/// <param name="GatewayKey">Key of what the gateway says.</param>
public sealed record SealedIdentity(ConnectClaims Claims, IReadOnlyList<GatewayId> Gateways, byte[] ClientKey, byte[] GatewayKey)
{
    /// <summary>Most gateways of one token.</summary>
    public const int MaxGateways = 4;

    /// <summary>Longest form in bytes, such that a token stays within <see cref="SealLimits.MaxSealed"/>.</summary>
    public const int MaxBytes = SealLimits.MaxSealed - ConnectTokenSealer.Overhead;

    private const byte Version = 1;
    private const byte SpectateFlag = 1;
    private const int MaxRole = 16;
    private const int MaxJti = 64;
    private const long MaxSeconds = 253402300799 - 60;

    /// <inheritdoc />
    public override string ToString() => $"connect token {Claims.Jti} until {Claims.ExpiresAt:O}";

    internal void Write(ByteWriter writer)
    {
        if (!PlayerId.TryParse(Claims.Jti, out var id))
            throw new InvalidOperationException("a connect token's id has 128 bits");
        writer.WriteByte(Version);
        WriteId(writer, id);
        WriteTime(writer, Claims.ExpiresAt);
        WriteId(writer, Claims.Access.Player);
        writer.WriteString(Claims.Access.Role);
        writer.WriteString(Claims.Access.Name);
        writer.WriteString(Claims.Room);
        writer.WriteByte(Claims.Spectate ? SpectateFlag : (byte)0);
        writer.WriteString(Claims.Access.Jti);
        WriteTime(writer, Claims.Access.IssuedAt);
        WriteTime(writer, Claims.Access.ExpiresAt);
        writer.WriteByte((byte)Gateways.Count);
        foreach (var gateway in Gateways)
            writer.WriteUInt64(gateway.Value);
        writer.WriteBytes(ClientKey);
        writer.WriteBytes(GatewayKey);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; false for anything else. The bytes are authentic, and still read with care.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SealedIdentity? identity)
    {
        identity = null;
        var reader = new ByteReader(bytes);
        if (!(reader.TryReadByte(out var version) && version == Version
            && TryReadId(ref reader, out var id)
            && TryReadTime(ref reader, out var expires)
            && TryReadId(ref reader, out var player) && !player.IsNone
            && reader.TryReadString(MaxRole, out var role) && PlayerRole.IsKnown(role)
            && reader.TryReadString(PlayerNameRule.MaxBytes, out var name) && PlayerNameRule.IsValid(name)
            && reader.TryReadString(RoomName.MaxLength, out var room) && RoomName.IsValid(room)
            && reader.TryReadByte(out var flags) && flags <= SpectateFlag
            && reader.TryReadString(MaxJti, out var jti) && jti.Length > 0
            && TryReadTime(ref reader, out var issued)
            && TryReadTime(ref reader, out var accessExpires)
            && reader.TryReadByte(out var count) && count <= MaxGateways))
        {
            return false;
        }

        var gateways = new GatewayId[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadUInt64(out var value))
                return false;
            gateways[i] = new GatewayId(value);
        }

        if (!reader.TryReadBytes(SealLimits.KeySize, out var clientKey) || !reader.TryReadBytes(SealLimits.KeySize, out var gatewayKey) || reader.Remaining != 0)
            return false;
        var access = new AccessClaims(player, jti, role, name, issued, accessExpires);
        var claims = new ConnectClaims(id.ToString(), access, room, flags == SpectateFlag, expires);
        identity = new SealedIdentity(claims, gateways, clientKey.ToArray(), gatewayKey.ToArray());
        return true;
    }

    private static void WriteId(ByteWriter writer, PlayerId id)
    {
        writer.WriteUInt64(id.High);
        writer.WriteUInt64(id.Low);
    }

    private static bool TryReadId(ref ByteReader reader, out PlayerId id)
    {
        id = default;
        if (!reader.TryReadUInt64(out var high) || !reader.TryReadUInt64(out var low))
            return false;
        id = new PlayerId(high, low);
        return true;
    }

    private static void WriteTime(ByteWriter writer, DateTimeOffset time) => writer.WriteUInt64((ulong)time.ToUnixTimeSeconds());

    private static bool TryReadTime(ref ByteReader reader, out DateTimeOffset time)
    {
        time = default;
        if (!reader.TryReadUInt64(out var seconds) || seconds > MaxSeconds)
            return false;
        time = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }
}
