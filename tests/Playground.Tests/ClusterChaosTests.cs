// The page when parts of the cluster end under it.
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

public sealed class ClusterChaosTests(PlaygroundServer server, ClusterOfTwo two) : IClassFixture<ClusterOfTwo>
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task A_gateway_that_drains_sends_its_pilot_on_and_a_silo_killed_from_the_panel_costs_neither_ship_nor_connection()
    {
        var (cluster, first) = (two.Cluster, two.Cluster.Gateways[0]);
        await using var page = await server.Browser.OpenAsync($"{first.Http}/?room=unsinkable&name=Phoenix");
        await page.UntilFlyingAsync();
        var ship = await page.NumberAsync("c.view.ship");
        await page.Keyboard.DownAsync("KeyD");
        var taken = await page.Page.EvaluateAsync<string>("() => aetheris.client.gateway");
        var drained = cluster.Gateways.Single(gateway => new Uri(gateway.Http).Port == new Uri(taken).Port);
        var other = cluster.Gateways.Single(gateway => gateway != drained);

        var stopping = drained.StopAsync();
        await page.UntilAsync($"c.gateway.includes(':{new Uri(other.Http).Port}/')", "at the other gateway");
        Assert.Equal(0, await stopping);
        await FliesOnAsync(page);
        Assert.Equal((ship, 1), (await page.NumberAsync("c.view.ship"), await page.NumberAsync("c.quality.redirects")));

        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(page.Page.Locator("#silo")).ToContainTextAsync("This room is on s");
        page.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.Page.ClickAsync("#kill-silo:enabled");
        await Assertions.Expect(page.Page.Locator("#chaos-news")).ToContainTextAsync("Killed s");
        await page.UntilAsync("c.quality.pauses > 0", "told that the room stands still");
        await FliesOnAsync(page);

        Assert.Equal(ship, await page.NumberAsync("c.view.ship"));
        Assert.Equal(0, await page.NumberAsync("c.quality.reconnects + c.quality.disconnects"));
        Assert.Single(cluster.Silos, silo => silo.HasExited);
        TestContext.Current.TestOutputHelper!.WriteLine($"longest gap between ticks: {await page.NumberAsync("a.chaos.worst.tick")} ms");

        // The browser's own lines about calls that a dead gateway or a room without a silo could not answer.
        Assert.DoesNotContain(page.Complaints, complaint => !complaint.Contains("Failed to load resource", StringComparison.Ordinal));
    }

    /// <summary>The room's ticks go on and the ship moves in them.</summary>
    private static async Task FliesOnAsync(PlayerPage page)
    {
        await page.UntilAsync("!c.clock.isHeld && c.view.own", "with a room that ticks");
        var (tick, x) = (await page.NumberAsync("c.view.newestTick"), await page.NumberAsync("c.view.own.x"));
        await page.UntilAsync(
            $"c.view.newestTick > {tick} + 60 && c.view.own && c.view.own.x !== {x.ToString(System.Globalization.CultureInfo.InvariantCulture)}", "flying on");
    }
}
