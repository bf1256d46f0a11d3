// Every way to sign in, from its beginning to its end, over real sockets.
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Link;
using Aetheris.SignIn.Tests.Hosts;

namespace Aetheris.SignIn.Tests;

[Collection(ServerCollection.Name)]
public sealed class SignInTests(ServerFixture server)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Ways => ["guest", "email", "oidc"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Tokens_open_a_room_and_are_refreshed_and_the_old_one_ends_everything(string way)
    {
        using var visitor = server.Visit();
        var first = await SignInAsync(visitor, way, "rotating");
        visitor.Token = Text(first, "token");
        using (var pilot = await Pilot.EnterAsync(visitor, "harbour"))
        {
            var second = await RefreshAsync(visitor, first);
            Assert.Equal(Text(first, "player"), Text(second, "player"));
            Assert.Equal(first.GetProperty("refreshExpiresAt").GetDateTimeOffset(), second.GetProperty("refreshExpiresAt").GetDateTimeOffset());
            Assert.NotEqual(Text(first, "refreshToken"), Text(second, "refreshToken"));
            visitor.Token = Text(second, "token");
            Assert.Equal(HttpStatusCode.OK, (await visitor.PostAsync("/api/match", new { room = "harbour" })).Status);

            // Whoever has the old one is a thief, or the owner whose token a thief has used: both are out.
            var since = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.Unauthorized, await RefreshStatusAsync(visitor, first));
            await AssertEndAsync(pilot, since, CloseReason.Revoked);
            Assert.Equal(HttpStatusCode.Unauthorized, await RefreshStatusAsync(visitor, second));
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.PostAsync("/api/match", new { room = "harbour" })).Status);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_revoked_player_is_out_within_a_second_and_can_sign_in_again(string way)
    {
        using var visitor = server.Visit();
        using var admin = server.Visit(server.Tokens.Admin());
        var session = await SignInAsync(visitor, way, "revoked");
        visitor.Token = Text(session, "token");
        using var pilot = await Pilot.EnterAsync(visitor, "harbour");

        var since = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/admin/sessions/{Text(session, "player")}")).Status);
        await AssertEndAsync(pilot, since, CloseReason.Revoked);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.PostAsync("/api/match")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await RefreshStatusAsync(visitor, session));
        var again = await SignInAsync(visitor, way, "revoked");
        visitor.Token = Text(again, "token");
        using (await Pilot.EnterAsync(visitor, "harbour"))
            Assert.True(way == "guest" || Text(again, "player") == Text(session, "player"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_banned_player_is_out_within_a_second_and_stays_out_until_the_ban_is_lifted(string way)
    {
        using var visitor = server.Visit();
        using var admin = server.Visit(server.Tokens.Admin());
        var session = await SignInAsync(visitor, way, "banned");
        var player = Text(session, "player");
        visitor.Token = Text(session, "token");
        using var pilot = await Pilot.EnterAsync(visitor, "harbour");

        var since = Stopwatch.GetTimestamp();
        await admin.DoAsync("/api/admin/bans", new { player, reason = "ramming" });
        await AssertEndAsync(pilot, since, CloseReason.Revoked);

        var (status, problem) = await visitor.PostAsync("/api/match");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("ramming", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await RefreshStatusAsync(visitor, session));
        if (way != "guest")
            Assert.Equal(HttpStatusCode.Forbidden, (await TrySignInAsync(visitor, way, "banned")).Status);
        Assert.Contains((await admin.GetAsync("/api/admin/bans")).Body.EnumerateArray(), ban => Text(ban, "player") == player);
        Assert.Equal("ramming", (await admin.GetAsync($"/api/admin/sessions/{player}")).Body.GetProperty("ban").GetProperty("reason").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/admin/bans/{player}")).Status);
        var again = await SignInAsync(visitor, way, "banned");
        visitor.Token = Text(again, "token");
        using (await Pilot.EnterAsync(visitor, "harbour"))
            Assert.DoesNotContain((await admin.GetAsync("/api/admin/bans")).Body.EnumerateArray(), ban => Text(ban, "player") == player);
    }

    [Fact]
    public async Task A_token_that_ends_in_flight_ends_the_connection_within_a_second()
    {
        using var visitor = server.Visit(server.Tokens.Player(TimeSpan.FromSeconds(3)));
        using var pilot = await Pilot.EnterAsync(visitor, "harbour");
        var since = Stopwatch.GetTimestamp();

        var (reason, took) = await pilot.EndAsync(since);

        Assert.Equal(CloseReason.ExpiredToken, reason);
        Assert.True(took < TimeSpan.FromSeconds(3) + Bound, $"ended after {took.TotalSeconds:0.00} s");
    }

    [Fact]
    public async Task A_logout_ends_the_connection_and_every_token()
    {
        using var visitor = server.Visit();
        var session = await SignInAsync(visitor, "email", "leaving");
        visitor.Token = Text(session, "token");
        using var pilot = await Pilot.EnterAsync(visitor, "harbour");

        var since = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync("/api/auth/logout", new { refreshToken = "made up" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.PostAsync("/api/auth/logout", new { refreshToken = Text(session, "refreshToken") })).Status);
        await AssertEndAsync(pilot, since, CloseReason.Revoked);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.PostAsync("/api/match")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await RefreshStatusAsync(visitor, session));
    }

    [Fact]
    public async Task The_key_set_has_the_signing_key_and_the_one_before_it()
    {
        using var visitor = server.Visit();
        var keys = (await visitor.GetAsync("/.well-known/jwks.json")).Body.GetProperty("keys");
        var guest = await SignInAsync(visitor, "guest", "keys");

        Assert.Equal(2, keys.GetArrayLength());
        var kid = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(Text(guest, "token").Split('.')[0])).RootElement.GetProperty("kid").GetString();
        Assert.Equal(kid, keys[0].GetProperty("kid").GetString());
        Assert.All(keys.EnumerateArray(), key => Assert.Equal(("EC", "P-256", "ES256"), (Text(key, "kty"), Text(key, "crv"), Text(key, "alg"))));
    }

    [Fact]
    public async Task An_id_token_that_is_not_for_this_sign_in_is_refused_and_its_nonce_is_gone()
    {
        var issuer = server.Issuer;
        using var visitor = server.Visit();
        Func<string, string>[] bad =
        [
            nonce => issuer.IdToken("eve", "another nonce"),
            nonce => issuer.IdToken("eve", nonce, audience: "another game"),
            nonce => issuer.IdToken("eve", nonce, issuer: "https://accounts.example.org"),
            nonce => issuer.IdToken("eve", nonce, life: TimeSpan.FromMinutes(-3)),
            nonce => issuer.IdToken("eve", nonce, key: OidcIssuer.NewKey()),
            nonce => issuer.Unsigned("eve", nonce),
            _ => "garbage",
        ];
        foreach (var make in bad)
        {
            var nonce = await visitor.DoAsync("/api/auth/oidc/nonce");
            var nonceId = Text(nonce, "nonceId");
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync("/api/auth/oidc/login", new { nonceId, idToken = make(Text(nonce, "nonce")) })).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync("/api/auth/oidc/login", new { nonceId, idToken = issuer.IdToken("eve", Text(nonce, "nonce")) })).Status);
        }
    }

    [Fact]
    public async Task The_ways_to_sign_in_say_where_a_browser_is_sent()
    {
        using var visitor = server.Visit();
        var (status, methods) = await visitor.GetAsync("/api/auth/methods");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(methods.GetProperty("guest").GetBoolean() && methods.GetProperty("email").GetBoolean());
        var provider = methods.GetProperty("oidc").EnumerateArray().Single();
        Assert.Equal(("local", server.Issuer.Url + "/authorize"), (Text(provider, "provider"), Text(provider, "authorize")));
    }

    [Fact]
    public async Task A_provider_may_change_its_key()
    {
        using var visitor = server.Visit();
        await SignInAsync(visitor, "oidc", "rotation");
        server.Issuer.RotateKey();

        // The keys are not fetched anew for every unknown name of a key.
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((await TrySignInAsync(visitor, "oidc", "rotation")).Status != HttpStatusCode.OK)
            await Task.Delay(500, bound.Token);
    }

    [Fact]
    public async Task What_identifies_people_is_in_no_log()
    {
        using var visitor = server.Visit();
        var session = await SignInAsync(visitor, "email", "discreet");
        await visitor.PostAsync("/api/auth/refresh", new { refreshToken = "bad" });

        foreach (var secret in (string[])["discreet@example.org", Text(session, "token"), Text(session, "refreshToken"), "10.0."])
            Assert.DoesNotContain(server.Log.All, line => line.Contains(secret, StringComparison.Ordinal));
    }

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    private static Task<JsonElement> RefreshAsync(Visitor visitor, JsonElement session) =>
        visitor.DoAsync("/api/auth/refresh", new { refreshToken = Text(session, "refreshToken") });

    private static async Task<HttpStatusCode> RefreshStatusAsync(Visitor visitor, JsonElement session) =>
        (await visitor.PostAsync("/api/auth/refresh", new { refreshToken = Text(session, "refreshToken") })).Status;

    private static async Task AssertEndAsync(Pilot pilot, long since, CloseReason expected)
    {
        var (reason, took) = await pilot.EndAsync(since);
        Assert.Equal(expected, reason);
        Assert.True(took < Bound, $"ended after {took.TotalSeconds:0.00} s");
    }

    private async Task<JsonElement> SignInAsync(Visitor visitor, string way, string who)
    {
        var (status, answer) = await TrySignInAsync(visitor, way, who);
        Assert.True(status == HttpStatusCode.OK, $"{way}: {status} {answer}");
        Assert.True(answer.GetProperty("expiresAt").GetDateTimeOffset() > DateTimeOffset.UtcNow);
        if (way == "email")
            Assert.Equal(ExternalIdentity.PlayerOf("email", who + "@example.org").ToString(), Text(answer, "player"));
        if (way == "oidc")
            Assert.Equal(ExternalIdentity.PlayerOf("local", who).ToString(), Text(answer, "player"));
        return answer;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> TrySignInAsync(Visitor visitor, string way, string who)
    {
        switch (way)
        {
            case "email":
                var address = who + "@example.org";
                var before = server.Mail.CountTo(address);
                var request = await visitor.DoAsync("/api/auth/email/request", new { email = $" {who.ToUpperInvariant()}@Example.org" });
                return await visitor.PostAsync(
                    "/api/auth/email/login", new { requestId = Text(request, "requestId"), code = await server.Mail.CodeAsync(address, before + 1), name = "Ada" });
            case "oidc":
                var nonce = await visitor.DoAsync("/api/auth/oidc/nonce");
                return await visitor.PostAsync(
                    "/api/auth/oidc/login", new { nonceId = Text(nonce, "nonceId"), idToken = server.Issuer.IdToken(who, Text(nonce, "nonce")), provider = "local" });
            default:
                return await visitor.PostAsync("/api/auth/guest", new { name = "Guest" });
        }
    }
}
