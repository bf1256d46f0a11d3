// Who tries too often, or too much at once.
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aetheris.SignIn.Tests.Hosts;

namespace Aetheris.SignIn.Tests;

[Collection(ServerCollection.Name)]
public sealed class LimitTests(ServerFixture server)
{
    [Fact]
    public async Task An_address_may_ask_for_thirty_codes_an_hour_and_another_one_as_many()
    {
        using var visitor = server.Visit();
        for (var i = 0; i < 30; i++)
            await visitor.DoAsync("/api/auth/email/request", new { email = $"many-{i}@example.org" });

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.PostAsync("/api/auth/email/request", new { email = "many-31@example.org" })).Status);
        using var other = server.Visit();
        await other.DoAsync("/api/auth/email/request", new { email = "many-31@example.org" });
    }

    [Fact]
    public async Task The_sixth_code_of_an_hour_is_answered_the_same_and_not_sent()
    {
        using var visitor = server.Visit();
        var answers = new List<JsonElement>();
        for (var i = 0; i < 6; i++)
            answers.Add(await visitor.DoAsync("/api/auth/email/request", new { email = "often@example.org" }));
        await server.Mail.CodeAsync("often@example.org", mails: 5);

        // A mail that was asked for later has come: the sixth would have been before it.
        await visitor.DoAsync("/api/auth/email/request", new { email = "after-often@example.org" });
        await server.Mail.CodeAsync("after-often@example.org");
        Assert.Equal(5, server.Mail.CountTo("often@example.org"));
        Assert.All(answers, answer => Assert.Equal(["requestId", "expiresAt"], answer.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public async Task A_code_dies_of_three_wrong_guesses_and_no_answer_tells_why()
    {
        using var visitor = server.Visit();
        var request = (await visitor.DoAsync("/api/auth/email/request", new { email = "guessed@example.org" })).GetProperty("requestId").GetString();
        var code = await server.Mail.CodeAsync("guessed@example.org");
        var wrong = code == "000000" ? "000001" : "000000";
        var details = new List<string?>();
        foreach (var (requestId, guess) in new[] { (request, wrong), (request, wrong), (request, wrong), (request, code), ("01ARZ3NDEKTSV4RRFFQ69G5FAV", wrong), ("x", "y") })
        {
            var (status, problem) = await visitor.PostAsync("/api/auth/email/login", new { requestId, code = guess });
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            details.Add(problem.GetProperty("detail").GetString());
        }

        Assert.Single(details.Distinct());
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        using var visitor = server.Visit();
        var request = (await visitor.DoAsync("/api/auth/email/request", new { email = "once@example.org" })).GetProperty("requestId").GetString();
        var login = new { requestId = request, code = await server.Mail.CodeAsync("once@example.org") };
        await visitor.DoAsync("/api/auth/email/login", login);

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync("/api/auth/email/login", login)).Status);
    }

    [Fact]
    public async Task Logins_and_failed_refreshes_of_an_address_are_limited_too()
    {
        using var visitor = server.Visit();
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync("/api/auth/email/login", new { requestId = "x", code = "y" })).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync("/api/auth/refresh", new { refreshToken = "z" })).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.PostAsync("/api/auth/email/login", new { requestId = "x", code = "y" })).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.PostAsync("/api/auth/refresh", new { refreshToken = "z" })).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b@c.org")]
    [InlineData("a@example.org\r\nBcc: b@example.org")]
    [InlineData("<a@example.org>, b@example.org")]
    public async Task What_is_no_address_gets_no_mail(string email)
    {
        using var visitor = server.Visit();
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/api/auth/email/request", new { email })).Status);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        using var visitor = server.Visit();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await visitor.PostAsync("/api/auth/guest", new { name = new string('x', 80_000) })).Status);
    }

    [Fact]
    public async Task A_page_of_a_configured_origin_may_call_and_no_other()
    {
        using var visitor = server.Visit();
        Assert.Equal(ServerFixture.Origin, await AllowedOriginAsync(visitor, ServerFixture.Origin));
        Assert.Null(await AllowedOriginAsync(visitor, "https://evil.example.org"));
    }

    private static async Task<string?> AllowedOriginAsync(Visitor visitor, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/guest") { Content = JsonContent.Create(new { name = "Page" }) };
        request.Headers.Add("Origin", origin);
        using var answer = await visitor.SendRawAsync(request);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }
}
