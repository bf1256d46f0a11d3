// Packs and unpacks rooms that move.
using System.Diagnostics.CodeAnalysis;

namespace Aetheris.Grains.Rooms;

/// <summary>The bytes of a moving room.</summary>
public interface IRoomCarrier
{
    /// <summary>Packs a room.</summary>
    byte[] Pack(RoomState state);

    /// <summary>Unpacks a room. Never throws for its bytes.</summary>
    /// <param name="bytes">What <see cref="Pack"/> returned.</param>
    /// <param name="state">The room, whole; or null.</param>
    /// <param name="reason">Why there is none, for a log.</param>
    bool TryUnpack(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out RoomState? state, out string reason);
}
