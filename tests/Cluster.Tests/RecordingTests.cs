// The flight recorder and the backup on a live server, through the command line.
using System.Net.Http.Headers;
using System.Text.Json;

namespace Aetheris.Cluster.Tests;

public sealed class RecordingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_recorded_flight_runs_again_in_another_process_to_the_rooms_own_hash_and_a_room_comes_back_from_its_file()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync("--Aetheris:Room:HistoryTicks=600");
        var bots = workplace.StartBots(server.Http, clients: 6, seconds: 9, "--room", "flight");
        await FlyingAsync(server, workplace, "flight");
        await CliAsync(workplace, "replay", "record", "--http", server.Http, "--room", "flight", "--keep", "60");

        await AssertReplaysAsync(workplace, server, seconds: 3);
        await AssertFlipIsFoundAsync(workplace);
        await CliAsync(workplace, "replay", "record", "--http", server.Http, "--room", "flight", "--out", "kept");
        await CliAsync(workplace, "replay", "run", "kept");
        await AssertComesBackAsync(workplace, server);
        (await bots.FinishAsync()).AssertUndisturbed(6);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A_recorded_minute_of_twenty_pilots_runs_again_to_the_same_hash()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync("--Aetheris:Room:HistoryTicks=600");
        var bots = workplace.StartBots(server.Http, clients: 20, seconds: 75, "--room", "flight");
        await FlyingAsync(server, workplace, "flight");

        await AssertReplaysAsync(workplace, server, seconds: 60);
        await AssertFlipIsFoundAsync(workplace);
        (await bots.FinishAsync()).AssertUndisturbed(20);
    }

    private static async Task FlyingAsync(ServerProcess server, Workplace workplace, string room)
    {
        using var http = await AdminAsync(server, workplace);
        for (var i = 0; i < 100; i++)
        {
            var rooms = await JsonAsync(http, "/api/admin/rooms");
            if (rooms.EnumerateArray().Any(listing => listing.GetProperty("room").GetString() == room && listing.GetProperty("players").GetInt32() > 1))
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw server.Failure("has no players in the room");
    }

    // The hash of the file is compared with what the living room says of that tick.
    private static async Task AssertReplaysAsync(Workplace workplace, ServerProcess server, int seconds)
    {
        var said = await CliAsync(workplace, "replay", "record", "--http", server.Http, "--room", "flight", "--seconds", $"{seconds}", "--out", "a");
        using var http = await AdminAsync(server, workplace);
        var run = JsonElement.Parse(await CliAsync(workplace, "replay", "run", "a", "--json"));
        var live = await JsonAsync(http, $"/api/admin/rooms/flight/state?tick={run.GetProperty("tick").GetUInt64()}");

        Assert.Equal(live.GetProperty("stateHash").GetString(), run.GetProperty("stateHash").GetString());
        Assert.True(run.GetProperty("ticks").GetInt32() >= seconds * 60, said);
        Assert.True(run.GetProperty("hashesEqual").GetInt32() >= seconds, said);
        Assert.Equal(JsonValueKind.Null, run.GetProperty("differsAt").ValueKind);
        TestContext.Current.TestOutputHelper?.WriteLine(said + run);
    }

    private static async Task AssertFlipIsFoundAsync(Workplace workplace)
    {
        var first = JsonElement.Parse(await CliAsync(workplace, "replay", "run", "a", "--json"));
        var middle = first.GetProperty("fromTick").GetUInt64() + (first.GetProperty("ticks").GetUInt64() / 2);
        var flipped = (await CliAsync(workplace, "replay", "flip", "a", "--tick", $"{middle}", "--out", "b")).Split(' ')[4];
        var diff = JsonElement.Parse(await CliAsync(workplace, expected: 1, "replay", "diff", "a", "b", "--json"));

        Assert.Equal(flipped, $"{diff.GetProperty("logDiffersAt").GetUInt64()}");
        Assert.Equal(flipped, $"{diff.GetProperty("stateDiffersAt").GetUInt64()}");
        TestContext.Current.TestOutputHelper?.WriteLine(diff.ToString());
    }

    private static async Task AssertComesBackAsync(Workplace workplace, ServerProcess server)
    {
        await CliAsync(workplace, "rooms", "export", "--http", server.Http, "--room", "flight", "--out", "room");
        var file = JsonElement.Parse(await CliAsync(workplace, "replay", "run", "room", "--json"));
        Assert.Contains("409", await CliAsync(workplace, expected: 1, "rooms", "import", "room", "--http", server.Http), StringComparison.Ordinal);
        await CliAsync(workplace, "rooms", "import", "room", "--as", "again", "--http", server.Http);

        using var http = await AdminAsync(server, workplace);
        var again = await JsonAsync(http, "/api/admin/rooms/again/state");
        var flight = await JsonAsync(http, "/api/admin/rooms/flight/state");
        Assert.InRange(again.GetProperty("tick").GetUInt64(), file.GetProperty("tick").GetUInt64(), file.GetProperty("tick").GetUInt64() + 600);

        // Nobody has despawned meanwhile: ships wait for their players.
        Assert.Equal(Ships(flight), Ships(again));
        Assert.NotEmpty(Ships(again));
        Assert.Contains("404", await CliAsync(workplace, expected: 1, "rooms", "export", "--http", server.Http, "--room", "nowhere", "--out", "x"), StringComparison.Ordinal);

        static List<ulong> Ships(JsonElement state) => [.. state.GetProperty("entities").EnumerateArray()
            .Where(entity => entity.GetProperty("type").GetInt32() == 1).Select(entity => entity.GetProperty("id").GetUInt64())];
    }

    private static async Task<HttpClient> AdminAsync(ServerProcess server, Workplace workplace)
    {
        var http = new HttpClient { BaseAddress = new Uri(server.Http) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("admin"));
        return http;
    }

    private static async Task<JsonElement> JsonAsync(HttpClient http, string path) =>
        JsonElement.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative)));

    private static Task<string> CliAsync(Workplace workplace, params string[] arguments) => CliAsync(workplace, expected: 0, arguments);

    private static async Task<string> CliAsync(Workplace workplace, int expected, params string[] arguments)
    {
        var patience = Patience + TimeSpan.FromSeconds(60);
        var process = workplace.Start(Binaries.Cli, arguments);
        var code = await process.WaitForExitAsync(patience);
        Assert.True(code == expected, $"{string.Join(' ', arguments)}: {code}\n{process.Output}");
        return expected == 0 ? process.Stdout : process.Output;
    }
}
