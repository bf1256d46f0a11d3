// The Orleans Dashboard in a browser that was let in.
using System.Net;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Http;
using Aetheris.SignIn.Tests.Hosts;

namespace Aetheris.SignIn.Tests;

[Collection(ServerCollection.Name)]
public sealed class DashboardTests(ServerFixture server)
{
    [Fact]
    public async Task An_operator_s_browser_sees_it_and_its_cookie_opens_nothing_else()
    {
        using var admin = server.Visit(server.Tokens.Admin());
        using var browser = server.Visit();
        var cookie = await EnterAsync(admin);

        Assert.All((string[])["httponly", "samesite=strict", $"path={DashboardRoutes.Prefix}"], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        var page = await VisitAsync(browser, HttpMethod.Get, $"{DashboardRoutes.Prefix}/", cookie);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal("DENY", Assert.Single(page.Headers.GetValues("X-Frame-Options")));

        Assert.Equal(HttpStatusCode.Unauthorized, (await VisitAsync(browser, HttpMethod.Get, $"{DashboardRoutes.Prefix}/", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await VisitAsync(browser, HttpMethod.Get, "/api/admin/rooms", cookie)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await VisitAsync(browser, HttpMethod.Post, DashboardRoutes.Prefix, cookie)).StatusCode);
    }

    [Fact]
    public async Task It_closes_with_its_operator_s_session()
    {
        var player = TokenIssuer.NewPlayer();
        using var admin = server.Visit(server.Tokens.Admin(player: player));
        using var other = server.Visit(server.Tokens.Admin());
        using var browser = server.Visit();
        var cookie = await EnterAsync(admin);
        Assert.Equal(HttpStatusCode.NoContent, (await other.DeleteAsync($"/api/admin/sessions/{player}")).Status);

        Assert.Equal(HttpStatusCode.Forbidden, (await VisitAsync(browser, HttpMethod.Get, $"{DashboardRoutes.Prefix}/", cookie)).StatusCode);
    }

    private static async Task<string> EnterAsync(Visitor admin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, DashboardRoutes.Prefix);
        using var answer = await admin.SendRawAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie"));
    }

    private static async Task<HttpResponseMessage> VisitAsync(Visitor browser, HttpMethod method, string path, string? cookie)
    {
        using var request = new HttpRequestMessage(method, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]);
        return await browser.SendRawAsync(request);
    }
}
