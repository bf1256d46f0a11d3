// What a room is opened with.
using Aetheris.Grains.Configuration;
using Aetheris.World;

namespace Aetheris.Grains.Rooms;

/// <summary>The fixed facts of one room's stay on one silo.</summary>
/// <param name="Name">Name.</param>
/// <param name="TemplateName">Name of the template.</param>
/// <param name="Template">The template.</param>
/// <param name="Epoch">Room epoch of its frames.</param>
/// <param name="Silo">SiloName of the host.</param>
/// <param name="TickRate">Ticks per second.</param>
/// <param name="HistoryTicks">Ticks whose state is kept.</param>
/// <param name="Pilots">Demo pilots that fly here.</param>
public sealed record RoomSetup(
    string Name, string TemplateName, RoomTemplate Template, uint Epoch, string Silo, int TickRate, int HistoryTicks, int Pilots)
{
    /// <summary>What its world begins with.</summary>
    public RoomSettings CreateSettings() => new()
    {
        Capacity = (uint)Template.Capacity,
        MaxEntities = Template.MaxEntities,
        TickRate = (ushort)TickRate,
    };
}
