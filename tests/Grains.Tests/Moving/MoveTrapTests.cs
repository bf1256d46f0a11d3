// Everything that can go wrong when a room moves ends in an exact recovery (DESIGN §6, traps).
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Tests.Cluster;
using Aetheris.Grains.Tests.Harness;

namespace Aetheris.Grains.Tests.Moving;

public sealed class MoveTrapTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    [Theory]
    [InlineData(Faults.Fault.PackThrows)]
    [InlineData(Faults.Fault.BytesChange)]
    [InlineData(Faults.Fault.BytesAreCut)]
    [InlineData(Faults.Fault.UnpackThrows)]
    [InlineData(Faults.Fault.PlacedOnTheSameSilo)]
    [InlineData(Faults.Fault.DeactivationThrows)]
    public async Task A_move_that_fails_costs_a_pause_and_nothing_else(Faults.Fault fault)
    {
        var name = "trap-" + fault.ToString().ToLowerInvariant();
        await silos.OpenAsync(name);
        var flight = new Flight(silos, name, new Witness((ulong)fault + 200), players: 4);
        await flight.BeginAsync();
        await flight.FlyAsync(130);
        var before = await flight.Room.GetListingAsync();

        silos.Faults.Arm(fault);
        Assert.Equal(MoveOutcome.Begun, await flight.Room.MigrateAsync(silos.Other(before.Silo)));
        await flight.FlyUntilAsync(() => Task.FromResult(flight.Witness.Newest.Epoch > before.Epoch), "the room recovers");
        await flight.FlyAsync(130);

        Assert.False(silos.Faults.Take(fault), "the fault was met");
        Assert.All(flight.Recoveries, answer => Assert.True(answer.Continues));
        var witness = flight.Witness;
        var state = await flight.Room.GetStateAsync(witness.Newest.Tick);
        Assert.Equal(witness.ShadowHashes[witness.Newest.Tick], state!.StateHash);
        var own = witness.Applied.Where(command => command.Gateway == witness.Id).Select(command => command.Sequence).ToArray();
        Assert.Equal(Enumerable.Range(1, own.Length).Select(sequence => (ulong)sequence), own);
        Assert.Equal((4, 0), ((await flight.Room.GetListingAsync()).Players, witness.Stale));
        GC.KeepAlive(witness);
    }

    [Fact]
    public async Task A_closed_room_comes_back_with_its_state()
    {
        await silos.Grains.GetGrain<IRoomGrain>("sleeper").OpenAsync("brief");
        var flight = new Flight(silos, "sleeper", new Witness(300), players: 1);
        await flight.BeginAsync();
        await flight.FlyAsync(40);
        var epoch = flight.Witness.Newest.Epoch;
        flight.Witness.Queue(Make.Join(1) with { Kind = Protocol.Commands.CommandKind.Leave, Reason = Protocol.Commands.LeaveReason.Quit });
        await flight.FlyAsync(20);
        await flight.Room.UnsubscribeAsync(flight.Witness.Id);
        await ClusterFixture.EventuallyAsync(async () => (await flight.Room.GetListingAsync()).Status == RoomStatus.Creating, "the room closes");

        var again = await flight.Room.OpenAsync("default");
        Assert.Equal("brief", again.Template);
        Assert.True(again.Epoch > epoch);
        Assert.True(again.Tick >= flight.Witness.Newest.Tick);
        GC.KeepAlive(flight);
    }

    [Fact]
    public async Task Whoever_asks_for_a_room_that_storage_knows_opens_it_and_no_other()
    {
        await silos.Grains.GetGrain<IRoomGrain>("known").OpenAsync("brief");
        var room = silos.Grains.GetGrain<IRoomGrain>("known");
        await ClusterFixture.EventuallyAsync(async () => (await room.GetListingAsync()).Status == RoomStatus.Creating, "the room closes");
        var witness = new Witness(301);
        Assert.Equal(RoomStatus.Active, (await room.SubscribeAsync(witness.Id, silos.Reference(witness))).Status);
        var unknown = silos.Grains.GetGrain<IRoomGrain>("unknown");
        Assert.Equal(RoomStatus.Creating, (await unknown.RecoverAsync(witness.Id, silos.Reference(witness), witness.Offer())).Status);
        GC.KeepAlive(witness);
    }

    [Fact]
    public async Task A_silo_that_was_declared_dead_and_does_not_know_it_takes_no_room()
    {
        await silos.Grains.GetGrain<IRoomGrain>("undead").OpenAsync("brief");
        var room = silos.Grains.GetGrain<IRoomGrain>("undead");
        await ClusterFixture.EventuallyAsync(async () => (await room.GetListingAsync()).Status == RoomStatus.Creating, "the room closes");
        silos.Faults.Arm(Faults.Fault.SiloWasDeclaredDead);

        var refusal = await Assert.ThrowsAsync<RoomUnavailableException>(() => room.OpenAsync("brief"));

        Assert.Contains("declared dead", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(RoomStatus.Active, (await room.OpenAsync("brief")).Status);
    }
}
