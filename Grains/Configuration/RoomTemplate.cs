// What a kind of room starts with.
using Aetheris.Protocol.Components;

namespace Aetheris.Grains.Configuration;

/// <summary>One template: <c>Aetheris:Rooms:Templates:name</c>.</summary>
/// <param name="Capacity">Places for players; 0 = unlimited.</param>
/// <param name="Access">Who may enter.</param>
/// <param name="Stress">Entities of the stress test that a new room spawns.</param>
/// <param name="IdleCloseSeconds">An empty, unwatched room closes after this time; 0 = never.</param>
public sealed record RoomTemplate(int Capacity, RoomAccess Access, int Stress, int IdleCloseSeconds)
{
    /// <summary>Largest <see cref="Stress"/>: a room's own bound of 5,000 entities leaves place for pilots and their shots.</summary>
    public const int MaxStress = 4000;
}
