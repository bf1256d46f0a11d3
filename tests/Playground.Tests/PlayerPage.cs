// The playground in a browser, as somebody sits before it.
using System.Text.Json;
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

/// <summary>One page. Everything that the browser complains about is kept.</summary>
internal sealed class PlayerPage : IAsyncDisposable
{
    /// <summary>How long anything may take.</summary>
    public const float PatienceMs = 15_000;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];
    private readonly List<Task<int>> _sizes = [];

    private PlayerPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.SetDefaultTimeout(PatienceMs);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complain($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Complain(error);
        page.Response += (_, response) =>
        {
            lock (_sizes)
                _sizes.Add(SizeAsync(response));
        };
    }

    public IPage Page { get; }

    public IKeyboard Keyboard => Page.Keyboard;

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    public static async Task<PlayerPage> OpenAsync(IBrowserContext context, string url)
    {
        var page = new PlayerPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(url);
        return page;
    }

    /// <summary>Bytes of everything that was loaded, uncompressed.</summary>
    public async Task<int> WeightAsync()
    {
        Task<int>[] sizes;
        lock (_sizes)
            sizes = [.. _sizes];
        return (await Task.WhenAll(sizes)).Sum();
    }

    /// <summary>A value of the page's client.</summary>
    /// <param name="expression">JavaScript; <c>c</c> is the client, <c>a</c> what the page shows of itself.</param>
    public async Task<double> NumberAsync(string expression) =>
        (await Page.EvaluateAsync<JsonElement>($"() => {{ const a = globalThis.aetheris, c = a.client; return Number({expression}); }}")).GetDouble();

    /// <summary>Waits until the client is as wanted; fails with what it is instead.</summary>
    public async Task UntilAsync(string condition, string what, float patienceMs = PatienceMs)
    {
        try
        {
            await Page.WaitForFunctionAsync(
                $"() => {{ const a = globalThis.aetheris, c = a?.client; return c && ({condition}); }}", null, new() { Timeout = patienceMs, PollingInterval = 50 });
        }
        catch (TimeoutException)
        {
            var state = await Page.EvaluateAsync<string>(
                "() => { const c = globalThis.aetheris?.client; return c ? `${c.state}, ship ${c.view.ship}, ${c.view.entities.size} entities, tick ${c.view.newestTick}` : 'no client'; }");
            Assert.Fail($"not {what} after {patienceMs} ms: {state}; status '{await Page.TextContentAsync("#status-text")}'; {string.Join(" | ", Complaints)}");
        }
    }

    /// <summary>Waits until the page flies a ship.</summary>
    public Task UntilFlyingAsync() => UntilAsync("c.state === 'inRoom' && c.view.own && c.prediction.compared > 20", "flying");

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private static async Task<int> SizeAsync(IResponse response)
    {
        try
        {
            return (await response.BodyAsync()).Length;
        }
        catch (PlaywrightException)
        {
            // An answer without a body, or one that its page no longer wants.
            return 0;
        }
    }

    private void Complain(string text)
    {
        lock (_complaints)
            _complaints.Add(text);
    }
}
