// Snapshots from storage, with a checksum that fits what is wrong in them.
using System.Buffers.Binary;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Storage;
using Aetheris.Protocol.Binary;
using Aetheris.World;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class SnapshotTarget : FuzzTarget
{
    public override string Name => "snapshot";

    public override int Share => 20;

    public override IEnumerable<byte[]> Examples()
    {
        yield return File.ReadAllBytes(Path.Combine(Root(), "tests", "Grains.Tests", "Fixtures", "room-snapshot-1.bin"));
        var room = new TestRoom();
        room.Tick(TestRoom.Stress(3));
        var saved = new ByteWriter();
        room.World.Save(saved);
        yield return saved.Written.ToArray();
    }

    public override void Try(Span<byte> bytes)
    {
        if (bytes.Length < 8)
            return;
        Fit(bytes);
        RoomWorld.TryLoad(WorldDefinition.Standard, bytes, out _, out _);
        if (!RoomSnapshot.TryRead(bytes, out var snapshot, out _) || snapshot.World.Length < 8)
            return;
        Fit(snapshot.World);
        RoomWorld.TryLoad(WorldDefinition.Standard, snapshot.WorldVersion, snapshot.World, out _, out _);
    }

    private static void Fit(Span<byte> bytes) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[^4..], Crc32C.Compute(bytes[..^4]));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Aetheris.Orleans.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        return folder;
    }
}
