// Many players at once: rooms fill exactly, nobody gets two places, and places come back.
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aetheris.Client;
using Aetheris.Client.Connection;
using Aetheris.Cluster.Tests.Api;
using Aetheris.Cluster.Tests.Redis;

namespace Aetheris.Cluster.Tests;

public sealed class CrowdTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public Task Joins_at_once_fill_rooms_exactly_and_every_place_comes_back() => FillAsync("small", capacity: 8, players: 40, idleSeconds: 8);

    [Fact, Trait("Category", "Long")]
    public Task Five_hundred_joins_at_once_fill_ten_rooms_of_fifty() => FillAsync("duel50", capacity: 50, players: 500, idleSeconds: 60);

    private static async Task FillAsync(string template, int capacity, int players, int idleSeconds)
    {
        await using var workplace = new Workplace();
        var cluster = await RedisCluster.StartAsync(
            workplace, silos: 2, gateways: 2,
            $"--Aetheris:Rooms:Templates:{template}:Capacity={capacity}", $"--Aetheris:Rooms:Templates:{template}:IdleCloseSeconds={idleSeconds}", "--Aetheris:Gateway:LinkIdleSeconds=1");
        using var admin = await cluster.AdminAsync();
        using var http = new HttpClient();

        // The second time fills the same rooms: the first left no place taken.
        for (var round = 0; round < 2; round++)
        {
            var crowd = Enumerable.Range(0, players).Select(i => new PlayerClient(cluster.Gateways[i % 2].Http, new ClientOptions { Template = template })).ToList();
            try
            {
                await PollUntilAsync(crowd, () => crowd.TrueForAll(player => player.Client.State == ClientState.InRoom), "all in a room");
                var rooms = await SettledAsync(admin, crowd, rooms => rooms.Sum() == players);
                Assert.Equal(Enumerable.Repeat(capacity, players / capacity), rooms);
                Assert.Distinct(crowd.Select(player => player.Client.Player));
                crowd.ForEach(player => player.Client.Leave());
                await SettledAsync(admin, crowd, rooms => rooms.Sum() == 0);
                // Matching knows what rooms have reported, which is up to a second old.
                await AdminApi.EventuallyAsync(
                    () => http.GetFromJsonAsync<JsonElement>(new Uri(cluster.Gateways[0].Http + "/api/rooms")),
                    rooms => rooms.EnumerateArray().All(room => room.GetProperty("players").GetInt32() == 0), Patience, "matching knows that all have left");
            }
            finally
            {
                crowd.ForEach(player => player.Dispose());
            }
        }

        await AdminApi.EventuallyAsync(admin.RoomsAsync, rooms => rooms.Count == 0, TimeSpan.FromSeconds(idleSeconds + 30), "idle rooms closed");
    }

    /// <summary>Numbers of players of all rooms, once they are as expected, while the crowd flies.</summary>
    private static async Task<List<int>> SettledAsync(AdminApi admin, List<PlayerClient> crowd, Func<List<int>, bool> expected)
    {
        List<int> rooms = [];
        var looking = AdminApi.EventuallyAsync(
            async () => rooms = [.. (await admin.RoomsAsync()).Values.Select(room => room.GetProperty("players").GetInt32())], expected, Patience, "settled");
        await PollUntilAsync(crowd, () => looking.IsCompleted, "settled");
        await looking;
        return rooms;
    }

    private static async Task PollUntilAsync(List<PlayerClient> crowd, Func<bool> holds, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                var states = crowd.GroupBy(player => $"{player.Client.State} {player.Client.LastFailure?.Text}", StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}");
                throw new TimeoutException($"not {what} after {Patience.TotalSeconds} s: {string.Join(", ", states)}");
            }

            crowd.ForEach(player => player.Client.Poll());
            await Task.Delay(2);
        }
    }
}
