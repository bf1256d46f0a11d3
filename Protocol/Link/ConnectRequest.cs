// The first thing a client says: LiteNetLib's connection request data, or the first WebSocket message.
using System;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Link;

/// <summary>magic u32 "AETH" | link version u16 | codec u8 | flags u8 (1 spectate, 2 codec-1 events, 4 chat) | token string.</summary>
/// <param name="LinkVersion">The client's link version.</param>
/// <param name="Codec">1 or 2.</param>
/// <param name="Spectate">Watch without a ship.</param>
/// <param name="Token">Connect token from the match answer.</param>
public readonly record struct ConnectRequest(ushort LinkVersion, byte Codec, bool Spectate, string Token)
{
    /// <summary>"AETH", little-endian.</summary>
    public const uint Magic = 0x48544541;

    private const byte SpectateFlag = 1;
    private const byte Codec1EventsFlag = 2;
    private const byte ChatFlag = 4;

    /// <summary>Get the events that codec 1 can say as codec-1 messages, as the original's clients expect them.</summary>
    public bool Codec1Events { get; init; }

    /// <summary>Hear what is said in the room.</summary>
    public bool Chat { get; init; }

    /// <summary>Appends the request.</summary>
    public void Write(ByteWriter writer)
    {
        writer.WriteUInt32(Magic);
        writer.WriteUInt16(LinkVersion);
        writer.WriteByte(Codec);
        writer.WriteByte((byte)((Spectate ? SpectateFlag : 0) | (Codec1Events ? Codec1EventsFlag : 0) | (Chat ? ChatFlag : 0)));
        writer.WriteString(Token);
    }

    /// <summary>Reads a request; false for anything else, also trailing bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ConnectRequest request)
    {
        request = default;
        var reader = new ByteReader(data);
        if (!(reader.TryReadUInt32(out var magic) && magic == Magic
            && reader.TryReadUInt16(out var version)
            && reader.TryReadByte(out var codec)
            && reader.TryReadByte(out var flags) && flags <= (SpectateFlag | Codec1EventsFlag | ChatFlag)
            && reader.TryReadString(LinkLimits.MaxToken, out var token)
            && reader.Remaining == 0))
        {
            return false;
        }

        request = new ConnectRequest(version, codec, (flags & SpectateFlag) != 0, token)
        {
            Codec1Events = (flags & Codec1EventsFlag) != 0,
            Chat = (flags & ChatFlag) != 0,
        };
        return true;
    }
}
