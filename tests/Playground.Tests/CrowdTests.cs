// A room full of ships on one screen.
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

public sealed class CrowdTests(PlaygroundServer server)
{
    private const int Ships = 200;
    private const double FrameMs = 1000.0 / 60;

    /// <summary>A measurement: it wants the machine for itself, since browser, bots and servers share it.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Two_hundred_moving_ships_are_drawn_in_every_frame()
    {
        var bots = server.StartBots(Ships, seconds: 40, "crowd");
        await using var page = await server.Browser.OpenAsync($"{server.Http}/?watch=crowd");
        await page.UntilAsync($"[...c.view.entities.values()].filter((entity) => entity.type === 1).length >= {Ships}", "full", 60_000);
        await page.Keyboard.PressAsync("o");
        await Assertions.Expect(page.Page.Locator("#overview")).ToHaveAttributeAsync("aria-pressed", "true");

        // All that is kept of frames is from the crowd then.
        await Task.Delay(TimeSpan.FromSeconds(6));
        var moving = await FiguresAsync(page, "moving, beside 200 bots");
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "crowd.png") });

        // Bots that are gone leave their ships for 30 s: the same picture, and the machine is the browser's, as a laptop is.
        await bots.Process.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(7));
        Assert.True(await page.NumberAsync("[...c.view.entities.values()].filter((entity) => entity.type === 1).length") >= Ships);
        var adrift = await FiguresAsync(page, "adrift");

        Assert.True(moving.Work99 < FrameMs && moving.Between50 < FrameMs * 1.1, $"moving: {moving}");
        Assert.True(adrift.Work99 < FrameMs / 2 && adrift.Between99 < FrameMs * 2.1, $"adrift: {adrift}");
        Assert.Empty(page.Complaints);
    }

    private static async Task<Figures> FiguresAsync(PlayerPage page, string what)
    {
        var figures = new Figures(
            await page.NumberAsync("a.frames.work.percentile(0.5)"),
            await page.NumberAsync("a.frames.work.percentile(0.99)"),
            await page.NumberAsync("a.frames.interval.percentile(0.5)"),
            await page.NumberAsync("a.frames.interval.percentile(0.99)"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{Ships} ships, {what}, ms: {figures}");
        return figures;
    }

    /// <summary>Milliseconds of the page's own work per frame, and between frames.</summary>
    private sealed record Figures(double Work50, double Work99, double Between50, double Between99);
}
