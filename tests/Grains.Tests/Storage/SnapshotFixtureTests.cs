// A snapshot of this format as it was written once: it must be readable for as long as the format has this number.
using System.Runtime.CompilerServices;
using Aetheris.Grains.Storage;
using Aetheris.Grains.Tests.Harness;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Storage;

public sealed class SnapshotFixtureTests
{
    /// <summary>Records it anew: only for a new format, under a new name.</summary>
    private const string RecordVariable = "AETHERIS_RECORD_SNAPSHOT";

    [Fact]
    public async Task The_snapshot_of_format_1_still_loads()
    {
        var path = Path.Combine(FolderOf(), "room-snapshot-1.bin");
        if (Environment.GetEnvironmentVariable(RecordVariable) is not null)
        {
            var kept = await KeptRoom.OpenAsync();
            await kept.TickAsync(185);
            await File.WriteAllBytesAsync(path, kept.Storage.Get<SnapshotBlob>("snapshot-a")!.Bytes, TestContext.Current.CancellationToken);
        }

        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.True(RoomSnapshot.TryRead(bytes, out var snapshot, out var reason), reason);
        Assert.Equal((3u, 180UL, 180UL, "default", false), (snapshot.Epoch, snapshot.Seq, snapshot.Tick, snapshot.Template, snapshot.IsClosed));
        Assert.Equal(WorldDefinition.Standard.LayoutVersion, snapshot.LayoutVersion);
        Assert.True(RoomWorld.TryLoad(WorldDefinition.Standard, snapshot.WorldVersion, snapshot.World, out var world, out reason), reason);
        Assert.Equal((180UL, 2), (world.Tick, world.Players.Count));
    }

    private static string FolderOf([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "Fixtures");
}
