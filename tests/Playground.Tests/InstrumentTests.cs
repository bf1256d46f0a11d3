// What a pilot can do besides flying and shooting, and what a calm page leaves out.
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

public sealed class InstrumentTests(PlaygroundServer server)
{
    /// <summary>A part of the sky that no instrument covers.</summary>
    private static readonly Clip Sky = new() { X = 20, Y = 420, Width = 340, Height = 200 };

    [Fact]
    public async Task F_takes_ore_from_the_asteroid_into_the_hold_and_again_F_stops_it()
    {
        await using var page = await server.Browser.OpenAsync($"{server.Http}/?room=mine&name=Digger");
        await page.UntilFlyingAsync();
        await page.Keyboard.PressAsync("f");
        await Assertions.Expect(page.Page.Locator("#status-text")).ToContainTextAsync("the beam reaches 15 m");

        // The first asteroid is 30 m to the right.
        await page.Keyboard.DownAsync("KeyD");
        await page.UntilAsync("c.view.own.x > 12", "on the way");
        await page.Keyboard.UpAsync("KeyD");
        await page.Keyboard.DownAsync("KeyA");
        await page.UntilAsync("c.view.own.vx < 3", "slow enough");
        await page.Keyboard.UpAsync("KeyA");
        await page.Keyboard.PressAsync("f");

        await Assertions.Expect(page.Page.Locator("#beam")).ToHaveTextAsync("on");
        await Assertions.Expect(page.Page.Locator("[data-pool=cargo] b")).Not.ToHaveTextAsync("0");
        await page.UntilAsync("[...c.view.entities.values()].some((entity) => entity.type === 5 && entity.get(1026).current < entity.get(1026).most)", "with less ore");
        await page.Keyboard.PressAsync("f");
        await Assertions.Expect(page.Page.Locator("#beam")).ToHaveTextAsync("off");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task F4_takes_the_grid_away_and_brings_it_back()
    {
        await using var page = await server.Browser.OpenAsync($"{server.Http}/?room=grid&name=Surveyor");
        await page.UntilFlyingAsync();
        await Assertions.Expect(page.Page.Locator("#status")).ToBeHiddenAsync();
        var with = await SkyAsync(page);
        Assert.Equal(with, await SkyAsync(page));

        await page.Keyboard.PressAsync("F4");
        Assert.NotEqual(with, await SkyAsync(page));
        await page.Keyboard.PressAsync("F4");
        Assert.Equal(with, await SkyAsync(page));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Whoever_wants_no_motion_has_a_sky_that_stands_still_and_rings_for_explosions()
    {
        await using var page = await server.Browser.OpenAsync($"{server.Http}/?room=calm&name=Calm", isCalm: true);
        await page.UntilFlyingAsync();
        await page.Keyboard.PressAsync("F4");
        await page.Keyboard.DownAsync("KeyW");
        await page.UntilAsync("c.view.own.vy > 20", "on the way");
        Assert.Equal(await SkyAsync(page), await SkyAsync(page));
        Assert.Equal(1, await page.NumberAsync("(a.effects.clear(), a.effects.explosion(0, 0, 3, '#ffffff'), a.effects.hit(0, 0, '#ffffff'), a.effects.particles.length)"));

        // The same flight of somebody who has not asked for that.
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.NoPreference });
        Assert.NotEqual(await SkyAsync(page), await SkyAsync(page));
        Assert.True(await page.NumberAsync("(a.effects.clear(), a.effects.explosion(0, 0, 3, '#ffffff'), a.effects.particles.length)") > 1);
        await page.Keyboard.UpAsync("KeyW");
        Assert.Empty(page.Complaints);
    }

    private static Task<byte[]> SkyAsync(PlayerPage page) => page.Page.ScreenshotAsync(new() { Clip = Sky });
}
