// What a kind of room starts with.
using Aetheris.Protocol.Components;

namespace Aetheris.Grains.Configuration;

/// <summary>One template: <c>Aetheris:Rooms:Templates:name</c>.</summary>
/// <param name="Capacity">Places for players; 0 = unlimited.</param>
/// <param name="Access">Who may enter.</param>
/// <param name="Stress">Entities of the stress test that a new room spawns.</param>
/// <param name="IdleCloseSeconds">An empty, unwatched room closes after this time; 0 = never.</param>
/// <param name="MaxEntities">Entities that a room may hold, pilots' ships and shots included.</param>
public sealed record RoomTemplate(int Capacity, RoomAccess Access, int Stress, int IdleCloseSeconds, int MaxEntities = RoomTemplate.DefaultMaxEntities)
{
    /// <summary><see cref="MaxEntities"/> unless configured.</summary>
    public const int DefaultMaxEntities = 5000;

    /// <summary>Least <see cref="MaxEntities"/>: a few pilots and their shots.</summary>
    public const int LeastMaxEntities = 100;

    // More at once would make a room's first ticks late.
    private const int LargestStress = 4000;

    /// <summary>Largest <see cref="Stress"/> of a room with so many entities: a fifth stays for pilots and their shots.</summary>
    public static int MaxStress(int maxEntities) => Math.Min(LargestStress, maxEntities / 5 * 4);
}
