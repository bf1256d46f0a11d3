// The own ship: predicted ahead of the room, and the same bits once the room is there.
using System.Text.Json;
using Aetheris.Client.Connection;
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Time;
using Aetheris.Protocol.Components;

namespace Aetheris.Cluster.Tests;

public sealed class OwnShipTests
{
    private const double OneWayMs = 50;
    private const double FlightSeconds = 6;
    private const ulong ComparedTicks = 60;
    private const ulong TurnTicks = 13;

    [Fact]
    public async Task A_ship_alone_under_100_ms_round_trip_is_predicted_bit_by_bit()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync("--Aetheris:Demo:Pilots=0");
        using var pilot = new PlayerClient(server.Http, new ClientOptions { Room = "alone", Impairment = new ImpairmentOptions(Loss: 0, OneWayMs, JitterMs: 0, Seed: 1) });
        await pilot.WaitUntilInRoomAsync();
        using var http = new HttpClient();
        var route = new RoomStateRoute(http, server.Http, await workplace.MintAsync("player"));

        // The first inputs find the ship on its way and the client's clock still settling.
        await pilot.PollForAsync(TimeSpan.FromSeconds(2));
        var (client, prediction) = (pilot.Client, pilot.Client.Prediction);
        var (mispredictions, compared) = (prediction.Mispredictions, prediction.Compared);
        var random = new SeededRandom(7);
        var predicted = new Dictionary<ulong, (Transform, Velocity)>();
        var received = new Dictionary<ulong, (Transform, Velocity)>();
        var turnAt = 0UL;
        var ahead = 0UL;
        var end = client.Clock.NewestTick + (ulong)(FlightSeconds * 60);
        await pilot.WaitUntilAsync(
            () =>
            {
                if (prediction.Tick >= turnAt)
                {
                    turnAt = prediction.Tick + TurnTicks;
                    client.Intent = new PilotIntent((float)random.NextSigned(), (float)random.NextSigned(), Fire: false);
                }

                predicted.TryAdd(prediction.Tick, (prediction.Transform, prediction.Velocity));
                if (client.View.TryGet<Transform>(client.View.OwnShip, ComponentKinds.Transform, out var place, out var tick)
                    && client.View.TryGet<Velocity>(client.View.OwnShip, ComponentKinds.Velocity, out var velocity, out _))
                {
                    received[tick] = (place, velocity);
                    ahead = Math.Max(ahead, prediction.Tick - tick);
                }

                return client.Clock.NewestTick >= end;
            },
            "at the end of the flight");

        Assert.True(prediction.Compared - compared > FlightSeconds * 50, $"{prediction.Compared - compared} ticks compared");
        Assert.Equal(0, prediction.Mispredictions - mispredictions);
        Assert.InRange(client.Quality.RoundTripMicros / 1000.0, 2 * OneWayMs, (2 * OneWayMs) + 40);
        Assert.True(ahead * 1000 / 60 > 2 * OneWayMs, $"predicted at most {ahead} ticks ahead");
        var equal = 0;
        for (var tick = end - ComparedTicks; tick < end; tick++)
        {
            var state = route.GetAsync("alone", tick);
            await pilot.WaitUntilEndedAsync(state);
            Assert.True(await state is not null, $"the room keeps tick {tick} no longer");
            var ship = RoomStateRoute.EntityOf((await state)!.Value, client.View.OwnShip.Value);
            if (predicted.TryGetValue(tick, out var mine))
                AssertEqual($"predicted for tick {tick}", ship, mine);
            if (received.TryGetValue(tick, out var theirs))
                AssertEqual($"received of tick {tick}", ship, theirs);
            equal += predicted.ContainsKey(tick) && received.ContainsKey(tick) ? 1 : 0;
        }

        Assert.True(equal > (int)ComparedTicks / 2, $"only {equal} of {ComparedTicks} ticks were seen both ways");
    }

    private static void AssertEqual(string what, JsonElement room, (Transform Place, Velocity Velocity) ship)
    {
        var bits = (
            Bits(room, "x"), Bits(room, "y"), Bits(room, "rotation"), Bits(room, "vx"), Bits(room, "vy"));
        var own = (
            BitConverter.SingleToInt32Bits(ship.Place.X), BitConverter.SingleToInt32Bits(ship.Place.Y), BitConverter.SingleToInt32Bits(ship.Place.Rotation),
            BitConverter.SingleToInt32Bits(ship.Velocity.X), BitConverter.SingleToInt32Bits(ship.Velocity.Y));
        Assert.True(bits == own, $"{what}: {ship.Place.X} {ship.Place.Y} {ship.Place.Rotation} {ship.Velocity.X} {ship.Velocity.Y}, the room has {room.GetRawText()}");
    }

    private static int Bits(JsonElement entity, string name) => BitConverter.SingleToInt32Bits(entity.GetProperty(name).GetSingle());
}
