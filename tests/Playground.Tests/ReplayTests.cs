// The page that plays recordings.
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

public sealed class ReplayTests(PlaygroundServer server)
{
    private static readonly Clip Room = new() { X = 280, Y = 60, Width = 720, Height = 640 };

    [Fact]
    public async Task A_recording_plays_and_the_bar_goes_to_any_moment_of_it()
    {
        string record = server.PathOf("flight.bin"), file = server.PathOf("flight.json");
        await using (var pilot = await server.Browser.OpenAsync($"{server.Http}/?room=filmed&name=Star"))
        {
            await pilot.UntilFlyingAsync();
            await pilot.Keyboard.DownAsync("KeyD");
            await pilot.UntilAsync("c.view.own.vx > 20", "fast");
            await server.RunCliAsync("replay", "record", "--http", server.Http, "--room", "filmed", "--seconds", "1", "--out", record);
        }

        await server.RunCliAsync("replay", "track", record, "--out", file);
        await using var page = await server.Browser.OpenAsync($"{server.Http}/replay/", isCalm: true);
        await page.Page.SetInputFilesAsync("#file", record);
        await Assertions.Expect(page.Page.Locator("#problem")).ToContainTextAsync("not JSON");
        await page.Page.SetInputFilesAsync("#file", file);
        await Assertions.Expect(page.Page.Locator("#where")).ToHaveTextAsync("Replay of filmed");
        await Assertions.Expect(page.Page.Locator("#follow")).ToContainTextAsync("Star");

        // Somebody who wants no motion begins at rest; the key plays to the end.
        var time = page.Page.Locator("#time");
        await Assertions.Expect(time).ToContainTextAsync("0.00 /");
        var first = await page.Page.ScreenshotAsync(new() { Clip = Room });
        await page.Page.ClickAsync("#play");
        await Assertions.Expect(time).Not.ToContainTextAsync("0.00 /");
        await Assertions.Expect(page.Page.Locator("#play")).ToHaveTextAsync("Play");
        var end = await time.TextContentAsync();
        Assert.NotEqual(first, await page.Page.ScreenshotAsync(new() { Clip = Room }));

        await page.Page.FocusAsync("#moment");
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(time).ToContainTextAsync("0.00 /");
        Assert.Equal(first, await page.Page.ScreenshotAsync(new() { Clip = Room }));
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(time).ToHaveTextAsync(end!);

        // The bar under the mouse: its middle is the middle of the flight.
        await page.Page.ClickAsync("#moment");
        var middle = await page.Page.EvaluateAsync<double>("() => replay.moment / replay.track.seconds");
        Assert.InRange(middle, 0.4, 0.6);
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(time).ToHaveTextAsync(end!);
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await Assertions.Expect(time).Not.ToHaveTextAsync(end!);
        Assert.Empty(page.Complaints);
    }
}
