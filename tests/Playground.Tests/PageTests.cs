// The page as its visitors meet it.
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

public sealed class PageTests(PlaygroundServer server)
{
    private const int MaxPageBytes = 300_000;

    [Fact]
    public async Task A_pilot_with_a_keyboard_signs_in_flies_and_shoots_another_pilot_s_ship_down_before_a_watching_phone()
    {
        await using var victim = await server.Browser.OpenAsync($"{server.Http}/?room=duel&name=Victim");
        await victim.UntilFlyingAsync();
        await using var phone = await server.Browser.OpenAsync($"{server.Http}/?watch=duel", isPhone: true);
        await using var pilot = await server.Browser.OpenAsync($"{server.Http}/?room=duel");

        // Nothing but keys: the name has the focus, Enter takes off.
        await pilot.Page.WaitForSelectorAsync("#welcome[open]");
        await pilot.Keyboard.TypeAsync("Ace");
        await pilot.Keyboard.PressAsync("Enter");
        await pilot.UntilFlyingAsync();
        Assert.True(await pilot.WeightAsync() < MaxPageBytes, $"the page weighs {await pilot.WeightAsync()} bytes");
        Assert.True(await pilot.WeightAsync() > MaxPageBytes / 10, "the page's weight was not measured");

        var before = await pilot.NumberAsync("c.view.own.y");
        await pilot.Keyboard.DownAsync("KeyW");
        await pilot.UntilAsync($"c.view.own.vy > 5 && c.view.own.y !== {before.ToString(System.Globalization.CultureInfo.InvariantCulture)}", "moving");
        await pilot.Keyboard.UpAsync("KeyW");

        await pilot.Keyboard.PressAsync("F3");
        await Assertions.Expect(pilot.Page.Locator("#net-figures")).ToContainTextAsync("Mispredictions");
        await pilot.Keyboard.PressAsync("Enter");
        await pilot.Keyboard.TypeAsync("On your six");
        await pilot.Keyboard.PressAsync("Enter");
        await Assertions.Expect(victim.Page.Locator("#lines")).ToContainTextAsync("AceOn your six");

        await pilot.UntilAsync("c.view.ship", "in a ship");
        var ship = await victim.NumberAsync("c.view.ship");
        await pilot.Keyboard.DownAsync("Space");
        await pilot.UntilAsync("[...c.view.entities.values()].some((entity) => entity.type === 20)", "shooting");
        foreach (var page in new[] { pilot, phone })
            await Assertions.Expect(page.Page.Locator("#feed")).ToContainTextAsync("Ace destroyed Victim");
        await pilot.Keyboard.UpAsync("Space");
        await Assertions.Expect(victim.Page.Locator("#status-text")).ToContainTextAsync("Your ship is lost");
        await victim.UntilAsync($"c.view.ship > {ship} && c.view.own", "in a new ship");

        Assert.Equal(1, await phone.NumberAsync("c.isSpectator && !c.view.ship"));
        Assert.True(await phone.Page.IsVisibleAsync("#overview"));
        Assert.Empty(pilot.Complaints.Concat(victim.Complaints).Concat(phone.Complaints));
    }

    [Fact]
    public async Task A_page_that_loses_the_network_for_five_seconds_says_so_and_comes_back_into_its_ship()
    {
        await using var page = await server.Browser.OpenAsync($"{server.Relay.Http}/?room=outage&name=Castaway");
        await page.UntilFlyingAsync();
        var ship = await page.NumberAsync("c.view.ship");

        server.Relay.Cut();
        await Assertions.Expect(page.Page.Locator("#status")).ToContainTextAsync("The gateway went silent");
        await Task.Delay(TimeSpan.FromSeconds(4));
        server.Relay.Mend();

        await page.UntilAsync("c.state === 'inRoom' && c.quality.reconnects === 1", "back");
        await page.UntilFlyingAsync();
        Assert.Equal(ship, await page.NumberAsync("c.view.ship"));
        await Assertions.Expect(page.Page.Locator("#status")).ToBeHiddenAsync();
        Assert.DoesNotContain(page.Complaints, complaint => !complaint.Contains("net::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operator_sees_the_cluster_and_moves_a_room()
    {
        await using var pilot = await server.Browser.OpenAsync($"{server.Http}/?room=operated&name=Cargo");
        await pilot.UntilFlyingAsync();
        await using var page = await server.Browser.OpenAsync($"{server.Http}/operator");
        await page.Page.FillAsync("#token", await server.MintAsync("player"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("#refusal")).ToContainTextAsync("needs admin");
        await page.Page.FillAsync("#token", await server.MintAsync("admin"));
        await page.Keyboard.PressAsync("Enter");

        var room = page.Page.Locator("#rooms tbody tr", new() { HasText = "operated" });
        await Assertions.Expect(room).ToContainTextAsync("ms");
        await Assertions.Expect(page.Page.Locator("#silos tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Page.Locator("#gateways tbody tr")).ToHaveCountAsync(1);
        await room.Locator("button").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#moves")).ToContainTextAsync("operated: s");

        Assert.Equal(0, await pilot.NumberAsync("c.quality.reconnects + c.quality.disconnects"));
        Assert.Empty(page.Complaints.Concat(pilot.Complaints));
    }

    [Fact]
    public async Task Fingers_fly_on_a_phone()
    {
        await using var phone = await server.Browser.OpenAsync($"{server.Http}/?room=phone&name=Thumb", isPhone: true);
        await phone.UntilFlyingAsync();
        var stick = (await phone.Page.Locator("#stick").BoundingBoxAsync())!;
        await phone.Page.Mouse.MoveAsync(stick.X + (stick.Width / 2), stick.Y + (stick.Height / 2));
        await phone.Page.Mouse.DownAsync();
        await phone.Page.Mouse.MoveAsync(stick.X + stick.Width, stick.Y + (stick.Height / 2));
        await phone.UntilAsync("c.view.own.vx > 5 && Math.abs(c.view.own.vy) < 1", "flying to the right");
        await phone.Page.Mouse.UpAsync();
        await phone.Page.TapAsync("#touch-mine");
        Assert.Empty(phone.Complaints);
    }
}
