// What a room is, beyond its life on a silo.
namespace Aetheris.Grains.Storage;

/// <summary>The room's record: written by compare-and-set, so that no two activations begin the same epoch (DESIGN §3, epoch).</summary>
[GenerateSerializer, Alias("aetheris.room.record")]
public sealed class RoomRecord
{
    /// <summary>Epoch of the last start from storage; the next one is larger, so that gateways never mistake old frames for new ones.</summary>
    [Id(0)] public uint Epoch { get; set; }

    /// <summary>Template of the first opening.</summary>
    [Id(1)] public string Template { get; set; } = string.Empty;

    /// <summary>WorldVersion of the room's rules.</summary>
    [Id(2)] public ulong WorldVersion { get; set; }

    /// <summary>Version of its frames and commands.</summary>
    [Id(3)] public ushort FrameVersion { get; set; }
}
