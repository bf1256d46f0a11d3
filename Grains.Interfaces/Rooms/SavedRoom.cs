// A whole room in bytes, between silos and gateways.
namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>A room at one tick, with everything that can influence its future.</summary>
/// <param name="Epoch">Room epoch.</param>
/// <param name="Tick">Server tick after which the state is as saved.</param>
/// <param name="Template">Name of the template.</param>
/// <param name="WorldVersion">WorldVersion of its rules.</param>
/// <param name="LayoutVersion">LayoutVersion of its rules.</param>
/// <param name="World">What RoomWorld.Save wrote.</param>
[GenerateSerializer, Immutable, Alias("aetheris.room.saved")]
public sealed record SavedRoom(
    [property: Id(0)] uint Epoch,
    [property: Id(1)] ulong Tick,
    [property: Id(2)] string Template,
    [property: Id(3)] ulong WorldVersion,
    [property: Id(4)] ulong LayoutVersion,
    [property: Id(5)] byte[] World);
