// What a room keeps beyond its life on a silo.
namespace Aetheris.Grains.Rooms;

/// <summary>The room's record in the storage "aetheris".</summary>
[GenerateSerializer, Alias("aetheris.room.record")]
public sealed class RoomRecord
{
    /// <summary>Epoch of the last opening; the next one is larger, so that gateways never mistake old frames for new ones.</summary>
    [Id(0)] public uint Epoch { get; set; }

    /// <summary>Template of the last opening.</summary>
    [Id(1)] public string Template { get; set; } = string.Empty;
}
