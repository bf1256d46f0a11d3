// Bans of addresses, from the operator's request to the player's last message.
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Aetheris.Protocol.Link;
using Aetheris.SignIn.Tests.Hosts;

namespace Aetheris.SignIn.Tests;

[Collection(ServerCollection.Name)]
public sealed class AddressBanTests(ServerFixture server)
{
    private const string Route = "/api/admin/address-bans";

    [Fact]
    public async Task Whoever_plays_from_a_banned_address_is_out_within_a_second_and_nobody_is_let_in_from_there()
    {
        using var visitor = await SignInAsync();
        using var other = await SignInAsync();
        using var admin = server.Visit(server.Tokens.Admin());
        using var pilot = await Pilot.EnterAsync(visitor, "quay");
        using var neighbour = await Pilot.EnterAsync(other, "quay");
        var match = await visitor.DoAsync("/api/match", new { room = "quay" });

        var since = Stopwatch.GetTimestamp();
        await admin.DoAsync(Route, new { address = visitor.Address, reason = "floods" });
        var (reason, took) = await pilot.EndAsync(since);
        Assert.Equal(CloseReason.Revoked, reason);
        Assert.True(took < TimeSpan.FromSeconds(1), $"{took}");

        var (status, problem) = await visitor.PostAsync("/api/auth/guest", new { name = "Another" });
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("floods", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebSocketException>(() => Pilot.KnockAsync(match.GetProperty("ws").GetString()!, match.GetProperty("connectToken").GetString()!, visitor.Address));
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync("/api/match", new { room = "quay" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/healthz")).Status);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"{Route}?address={visitor.Address}")).Status);
        await Until(async () => (await visitor.PostAsync("/api/match", new { room = "quay" })).Status == HttpStatusCode.OK);
        using (await Pilot.EnterAsync(visitor, "quay"))
            Assert.DoesNotContain((await admin.GetAsync(Route)).Body.EnumerateArray(), ban => ban.GetProperty("address").GetString() == visitor.Address);
    }

    [Fact]
    public async Task A_ban_with_an_end_ends_by_itself()
    {
        using var visitor = await SignInAsync();
        using var admin = server.Visit(server.Tokens.Admin());
        await admin.DoAsync(Route, new { address = visitor.Address, reason = "cools down", until = DateTimeOffset.UtcNow.AddSeconds(2) });
        await Until(async () => (await visitor.PostAsync("/api/match")).Status == HttpStatusCode.Forbidden);
        await Until(async () => (await visitor.PostAsync("/api/match")).Status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"{Route}?address={visitor.Address}")).Status);
    }

    [Fact]
    public async Task What_is_no_ban_is_refused_and_everything_is_audited_without_the_address()
    {
        using var admin = server.Visit(server.Tokens.Admin());
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync(Route, new { address = "203.0.113.0/24", reason = "floods" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync(Route, new { address = "203.0.113.7" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync(Route, new { address = "203.0.113.7", reason = "floods", until = DateTimeOffset.UtcNow.AddDays(-1) })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync(Route, new { address = admin.Address, reason = "myself" })).Status);

        await admin.DoAsync(Route, new { address = "2001:db8:77::1", reason = "floods" });
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"{Route}?address=2001:db8:77::2")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"{Route}?address=2001:db8:77::%2F64")).Status);
        var lines = server.Log.Audit.Where(line => line.Contains("BanAddress", StringComparison.Ordinal) || line.Contains("UnbanAddress", StringComparison.Ordinal)).ToArray();
        Assert.Contains(lines, line => line.StartsWith("BanAddress", StringComparison.Ordinal) && line.EndsWith("accepted", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("UnbanAddress", StringComparison.Ordinal) && line.EndsWith("accepted", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("refused (409)", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("2001:db8:77", StringComparison.Ordinal) || line.Contains(admin.Address, StringComparison.Ordinal));
    }

    private async Task<Visitor> SignInAsync()
    {
        var visitor = server.Visit();
        visitor.Token = (await visitor.DoAsync("/api/auth/guest", new { name = "Guest" })).GetProperty("token").GetString();
        return visitor;
    }

    // The server's list is asked for twice a second: each try is a request of its own.
    private static async Task Until(Func<Task<bool>> holds)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(10), "not within 10 s");
    }
}
