// What the explain route says was sent is what arrived, tick by tick, and what it says was not sent did not.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aetheris.Client.Input;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests;

public sealed class ExplainTests
{
    private const int Ticks = 120;
    private const ulong Asteroid = 3;
    private const ulong Nobody = 999_999;

    [Fact]
    public async Task Every_decision_about_a_sent_and_an_unsent_entity_is_what_the_client_saw()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync("--Aetheris:Demo:Pilots=0");
        using var watcher = new PlayerClient(server.Http, "explain");
        using var flyer = new PlayerClient(server.Http, "explain");
        await watcher.WaitUntilInRoomAsync();
        await flyer.WaitUntilInRoomAsync();
        var ship = flyer.Client.View.OwnShip;
        flyer.Client.Intent = new PilotIntent(1, 0.3f, Fire: false);
        await watcher.PollForAsync(TimeSpan.FromSeconds(2), flyer);
        using var http = new HttpClient { BaseAddress = new Uri(server.Http) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("player"));

        var moving = await ObserveAsync(ship.Value);
        Assert.True(moving.Count(entry => entry.Decision == "sent") > Ticks * 9 / 10, string.Join(' ', moving));
        var resting = await ObserveAsync(Asteroid);
        Assert.True(resting.Count(entry => entry.Decision == "unchanged") > Ticks / 2, string.Join(' ', resting));
        Assert.Contains(resting, entry => entry.Decision == "sent");
        Assert.All(await ObserveAsync(Nobody), entry => Assert.Equal("absent", entry.Decision));

        async Task<List<(ulong Tick, string Decision)>> ObserveAsync(ulong entity)
        {
            var seen = new HashSet<ulong>();
            var polled = new HashSet<ulong>();
            var asking = http.GetStringAsync(new Uri($"/api/admin/rooms/explain/explain?player={watcher.Client.Player}&entity={entity}&ticks={Ticks}", UriKind.Relative));
            await watcher.WaitUntilAsync(
                () =>
                {
                    polled.Add(watcher.Client.Clock.NewestTick);
                    if (watcher.Client.View.TryGet<Transform>(new NetworkId(entity), ComponentKinds.Transform, out _, out var tick))
                        seen.Add(tick);
                    return asking.IsCompleted;
                },
                "told",
                flyer);
            var decisions = JsonElement.Parse(await asking).GetProperty("decisions").EnumerateArray()
                .Select(entry => (Tick: entry.GetProperty("tick").GetUInt64(), Decision: entry.GetProperty("decision").GetString()!)).ToList();
            Assert.Equal(Enumerable.Range(0, Ticks).Select(i => decisions[0].Tick + (ulong)i), decisions.Select(entry => entry.Tick));

            // Of two datagrams that one poll takes in, the view shows the later alone.
            foreach (var (tick, decision) in decisions.Where(entry => polled.Contains(entry.Tick)))
                Assert.True(seen.Contains(tick) == decision.StartsWith("sent", StringComparison.Ordinal), $"entity {entity}, tick {tick}: {decision}, {(seen.Contains(tick) ? "seen" : "not seen")}");
            Assert.True(decisions.Count(entry => polled.Contains(entry.Tick)) > Ticks / 2, "too few ticks were observed");
            return decisions;
        }
    }

    [Fact]
    public async Task A_question_that_cannot_be_answered_says_why()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Http) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await workplace.MintAsync("player"));

        using var stranger = await http.GetAsync(new Uri("/api/admin/rooms/playground/explain?player=0123456789ABCDEFGHJKMNPQRS&entity=3", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Contains("No codec-2 client of player", await stranger.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var nonsense = await http.GetAsync(new Uri("/api/admin/rooms/playground/explain?player=me&entity=3", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
        Assert.Contains("player must be a player id", await nonsense.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
