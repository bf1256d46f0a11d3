// Rooms with far more in them than a datagram holds: a join is no spike, and a small budget is kept without anybody starving.
using System.Diagnostics;
using System.Globalization;
using Aetheris.Client.Connection;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Cluster.Tests;

public sealed class CrowdedRoomTests
{
    private const int Bots = 10;
    private const int Seconds = 8;
    private const int Joins = 3;
    private const int StalenessTicks = 108;

    // Joiners, bots and server share the machine's cores: what a join may cost the others is less than one tick more between two.
    private const double TickMs = 1000.0 / 60;

    [Fact]
    public async Task A_join_among_2000_entities_takes_a_second_and_nobody_else_notices()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync("--Aetheris:Rooms:Templates:crowd:Stress=2000", "--Aetheris:Demo:Pilots=0");
        using var first = new PlayerClient(server.Http, new ClientOptions { Template = "crowd", Spectate = true });
        await first.WaitUntilAsync(() => first.Client.State == ClientState.InRoom, "in the room");
        var room = first.Client.Room;
        using var http = new HttpClient();
        var route = new RoomStateRoute(http, server.Http, await workplace.MintAsync("player"));

        var alone = await first.WaitForAsync(workplace.StartBots(server.Http, Bots, Seconds, "--room", room).FinishAsync());
        var joinedBy = workplace.StartBots(server.Http, Bots, Seconds, "--room", room);
        await first.PollForAsync(TimeSpan.FromSeconds(4));
        var took = new List<double>();
        for (var i = 0; i < Joins; i++)
        {
            DatagramRecorder? relay = null;
            var state = await first.WaitForAsync(route.GetAsync(room));
            var entities = state!.Value.GetProperty("entities").GetArrayLength();
            Assert.True(entities > 1900, $"{entities} entities");
            var started = Stopwatch.GetTimestamp();
            using var joiner = new PlayerClient(server.Http, new ClientOptions { Room = room }, inner => relay = new DatagramRecorder(inner, server.UdpPort));

            // Drops are collected and expire meanwhile; what is in the room stays above this.
            await joiner.WaitUntilAsync(() => joiner.Client.View.Count >= entities - 20, "aware of the whole room", first);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Assert.InRange(relay!.LargestFromGateway, 1000, SealLimits.MaxDatagram);
            joiner.Client.Leave();
            await joiner.PollForAsync(TimeSpan.FromMilliseconds(300), first);
            relay.Dispose();
        }

        var beside = await first.WaitForAsync(joinedBy.FinishAsync());
        var figures = string.Create(CultureInfo.InvariantCulture, $"joins took {string.Join(", ", took.Select(ms => ms.ToString("F0", CultureInfo.InvariantCulture)))} ms; gap p99 {alone.GapMs("p99")} ms without, {beside.GapMs("p99")} ms with joins");
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        alone.AssertUndisturbed(Bots);
        beside.AssertUndisturbed(Bots);
        Assert.True(took.Order().ElementAt(Joins / 2) <= 1000, figures);
        Assert.True(beside.GapMs("p99") <= alone.GapMs("p99") + TickMs, figures);
    }

    [Fact]
    public async Task Four_kilobytes_a_second_among_300_entities_keep_the_own_ship_in_every_tick_and_the_bound_on_staleness()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync(
            "--Aetheris:Rooms:Templates:crowd:Stress=270", "--Aetheris:Demo:Pilots=0",
            "--Aetheris:Gateway:BytesPerSecondPerClient=4000", "--Aetheris:Gateway:MinBytesPerSecondPerClient=4000");
        using var first = new PlayerClient(server.Http, new ClientOptions { Template = "crowd", Spectate = true });
        await first.WaitUntilAsync(() => first.Client.State == ClientState.InRoom, "in the room");

        var report = await first.WaitForAsync(workplace.StartBots(server.Http, 30, Seconds, "--room", first.Client.Room, "--warmup", "4").FinishAsync());

        TestContext.Current.TestOutputHelper?.WriteLine($"{report}");
        report.AssertUndisturbed(30);
        Assert.True(report["own_record_missing"] == 0, $"own_record_missing: {report}");
        Assert.True(report["down_bytes_per_client_s"] <= 4200, $"down_bytes: {report}");
        Assert.True(report.Staleness("max") is > 0 and <= StalenessTicks, $"staleness: {report}");
    }
}
