// Signing in on the page with an account, by keyboard alone.
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Aetheris.Playground.Tests;

public sealed class AccountTests(PlaygroundServer server)
{
    private const byte ControlMessage = 0;
    private const byte AuthResult = 10;

    [Fact]
    public async Task A_pilot_signs_in_by_a_code_from_a_mail_flies_past_the_end_of_the_token_and_is_known_again_after_a_reload()
    {
        await using var page = await server.Browser.OpenAsync($"{server.Http}/?room=accounts");
        var answers = new List<byte>();
        page.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Binary is [ControlMessage, AuthResult, var reason, ..])
                answers.Add(reason);
        };
        await page.Page.WaitForSelectorAsync("#account:not([hidden])");
        await page.Keyboard.TypeAsync("Grace");
        await page.Page.FocusAsync("#email");
        await page.Keyboard.TypeAsync("grace@example.org");
        await page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForSelectorAsync("#code:focus");
        await page.Keyboard.TypeAsync("000000");
        var code = await CodeAsync();
        if (code != "000000")
        {
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Page.Locator("#sign-in-news")).ToContainTextAsync("The code is not right");
        }

        await page.Page.FillAsync("#code", code);
        await page.Page.FocusAsync("#code");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("#signed-in")).ToContainTextAsync("Grace");
        await page.Keyboard.PressAsync("Enter");
        await page.UntilFlyingAsync();
        var player = await page.Page.EvaluateAsync<string>("() => globalThis.aetheris.client.player");

        // Most of the token's hour passes at once: the next one is fetched and shown in flight.
        var before = await RefreshTokenAsync(page);
        await page.Page.EvaluateAsync("() => { const now = Date.now; Date.now = () => now() + 3_000_000; }");
        await page.Page.WaitForFunctionAsync("(before) => JSON.parse(sessionStorage.getItem('aetheris.session')).refreshToken !== before", before);
        await page.UntilAsync("c.state === 'inRoom'", "in the room");
        var since = Stopwatch.GetTimestamp();
        while (answers.Count == 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds < PlayerPage.PatienceMs, "the gateway did not answer the token");
            await Task.Delay(20);
        }

        Assert.Equal(0, answers[0]);

        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.Locator("#signed-in")).ToContainTextAsync("Grace");
        await page.Page.FocusAsync("#fly");
        await page.Keyboard.PressAsync("Enter");
        await page.UntilFlyingAsync();
        Assert.Equal(player, await page.Page.EvaluateAsync<string>("() => globalThis.aetheris.client.player"));
        Assert.DoesNotContain(page.Complaints, complaint => !complaint.Contains("401", StringComparison.Ordinal));
    }

    private static async Task<string?> RefreshTokenAsync(PlayerPage page) =>
        (await page.Page.EvaluateAsync<JsonElement>("() => JSON.parse(sessionStorage.getItem('aetheris.session'))")).GetProperty("refreshToken").GetString();

    // The newest mail to this address.
    private async Task<string> CodeAsync()
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var mails = Directory.Exists(server.MailFolder) ? Directory.GetFiles(server.MailFolder) : [];
            foreach (var mail in mails.OrderByDescending(File.GetLastWriteTimeUtc))
            {
                var text = await File.ReadAllTextAsync(mail);
                var code = Regex.Match(text, @"\b\d{6}\b", RegexOptions.None, TimeSpan.FromSeconds(1));
                if (text.Contains("grace@example.org", StringComparison.Ordinal) && code.Success)
                    return code.Value;
            }

            Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds < PlayerPage.PatienceMs, $"no mail in {server.MailFolder}");
            await Task.Delay(50);
        }
    }
}
