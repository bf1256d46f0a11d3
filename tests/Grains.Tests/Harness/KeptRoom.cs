// A room with a storage, without Orleans.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Rooms;
using Aetheris.Grains.Storage;
using Aetheris.Protocol.Components;
using Aetheris.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Harness;

public sealed class KeptRoom
{
    private KeptRoom(FakeStorage storage, FakeTimeProvider time, RoomKeeper keeper, StorageHealth health)
    {
        Storage = storage;
        Time = time;
        Keeper = keeper;
        Health = health;
        Room = new Room(
            new RoomSetup("arena", "default", new RoomTemplate(0, RoomAccess.Open, 0, 0), Epoch: 3, "silo", TickRate: 60, HistoryTicks: 0, Pilots: 2),
            WorldDefinition.Standard,
            Make.Metrics,
            time,
            NullLogger.Instance,
            null,
            keeper);
    }

    public FakeStorage Storage { get; }

    public FakeTimeProvider Time { get; }

    public RoomKeeper Keeper { get; }

    public StorageHealth Health { get; }

    public Room Room { get; }

    public FakeGateway Gateway { get; } = new(21);

    public static async Task<KeptRoom> OpenAsync()
    {
        var storage = new FakeStorage();
        var time = new FakeTimeProvider();
        var store = new RoomStore(storage, time, "arena");
        var record = new RoomRecord { Epoch = 3, Template = "default" };
        record.WriteStarts([new EpochStart(3, 0)]);
        var tag = await store.WriteRecordAsync(record, null);
        var health = new StorageHealth(time);
        var keeper = new RoomKeeper(store, "arena", record, StorageMarks.None with { RecordTag = tag }, health, Make.Metrics, time, NullLogger.Instance);
        var kept = new KeptRoom(storage, time, keeper, health);
        kept.Gateway.Take(kept.Room.Subscribe(kept.Gateway.Id, kept.Gateway).Image);
        return kept;
    }

    /// <summary>Ticks and lets background writes end after each tick.</summary>
    public async Task TickAsync(int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            Room.Submit(Gateway.Batch([]));
            Room.Tick(default);
            await Keeper.Pending;
        }
    }

    public RoomSnapshot Read(string slot)
    {
        Assert.True(RoomSnapshot.TryRead(Storage.Get<SnapshotBlob>(slot)!.Bytes, out var snapshot, out var reason), reason);
        return snapshot;
    }
}
