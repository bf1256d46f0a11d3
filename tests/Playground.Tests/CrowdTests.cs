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

        // The last 240 of both are from the crowd then.
        await Task.Delay(TimeSpan.FromSeconds(8));
        var (work50, work99) = (await page.NumberAsync("a.frames.work.percentile(0.5)"), await page.NumberAsync("a.frames.work.percentile(0.99)"));
        var (frame50, frame99) = (await page.NumberAsync("a.frames.interval.percentile(0.5)"), await page.NumberAsync("a.frames.interval.percentile(0.99)"));
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "crowd.png") });
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Ships} ships: work of the page per frame p50 {work50:F1} p99 {work99:F1} ms, between frames p50 {frame50:F1} p99 {frame99:F1} ms");
        Assert.True(work99 < FrameMs && frame50 < FrameMs * 1.1, $"work p50 {work50} p99 {work99} ms, between frames p50 {frame50} p99 {frame99} ms");
        Assert.Empty(page.Complaints);
        await bots.FinishAsync();
    }
}
