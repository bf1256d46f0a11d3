// Debian's Chromium, driven by Playwright.
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

/// <summary>One browser for all tests; each page in a context of its own.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string PathVariable = "AETHERIS_CHROMIUM";

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
        // A page that is not in front goes on at its pace: several pilots sit before one machine here.
        "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PlayerPage.PatienceMs);
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable(), Args = Flags }));
    }

    public async Task<PlayerPage> OpenAsync(string url, bool isPhone = false, bool isCalm = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
            HasTouch = isPhone,
            IsMobile = isPhone,
            ReducedMotion = isCalm ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        });
        return await PlayerPage.OpenAsync(context, url);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    /// <summary>A machine without it fails these tests: nothing else shows what they show.</summary>
    private static string Executable() => Environment.GetEnvironmentVariable(PathVariable)
        ?? Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"chromium is missing: install it (test.sh does) or name it in {PathVariable}");
}
