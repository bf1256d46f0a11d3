// A snapshot as grain storage keeps it.
namespace Aetheris.Grains.Storage;

/// <summary>The bytes of a RoomSnapshot: any storage serializer can write them.</summary>
[GenerateSerializer, Alias("aetheris.room.snapshot")]
public sealed class SnapshotBlob
{
    /// <summary>The bytes.</summary>
    [Id(0)] public byte[] Bytes { get; set; } = [];
}
