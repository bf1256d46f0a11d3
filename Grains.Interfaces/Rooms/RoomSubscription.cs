// The answer to a gateway that subscribes.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>Where a gateway begins.</summary>
/// <param name="Status">Only Active and Draining rooms are served.</param>
/// <param name="Image">A RoomFrame with IsImage; empty when refused.</param>
/// <param name="LastSequence">Last command sequence of this gateway that the room has applied.</param>
/// <param name="TickRate">Ticks per second.</param>
/// <param name="Continues">Whether the state continues what the gateway has seen: nothing seen is undone, and the image carries the events since then.</param>
/// <param name="Log">
/// The bytes of a RoomHistory: the ticks up to the image that are not durable yet, as far as the room has them. The gateway keeps them like
/// those of frames; without them its own log would begin after every stored snapshot and could not help a room to recover.
/// </param>
[GenerateSerializer, Immutable, Alias("aetheris.room.subscription")]
public sealed record RoomSubscription(
    [property: Id(0)] RoomStatus Status,
    [property: Id(1)] byte[] Image,
    [property: Id(2)] ulong LastSequence,
    [property: Id(3)] int TickRate,
    [property: Id(4)] bool Continues = false,
    [property: Id(5)] byte[]? Log = null);
