// Every operators' route, as the server has them, against every kind of credential that must not open it.
using System.Net;
using System.Text.RegularExpressions;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Http;
using Aetheris.SignIn.Tests.Hosts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aetheris.SignIn.Tests;

[Collection(ServerCollection.Name)]
public sealed partial class AdminRouteTests(ServerFixture server)
{
    // What anybody may call. A new route is not among them until somebody decides so here.
    private static readonly HashSet<string> Public = new(StringComparer.Ordinal)
    {
        "/healthz", "/readyz", "/metrics", "/openapi/{documentName}.json", "/ws", "/api/rooms", "/api/world", "/api/leaderboard", "/api/killfeed",
        "/api/auth/guest", "/api/auth/methods", "/api/auth/email/request", "/api/auth/email/login", "/api/auth/oidc/nonce", "/api/auth/oidc/login",
        "/api/auth/refresh", "/api/auth/logout", "/.well-known/jwks.json",
    };

    private List<(string Method, string Path)> AdminRoutes => [.. Endpoints
        .Where(endpoint => PathOf(endpoint).StartsWith("/api/admin", StringComparison.OrdinalIgnoreCase))
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (method, Fill(PathOf(endpoint)))))];

    private IEnumerable<RouteEndpoint> Endpoints => server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public async Task Every_route_refuses_every_bad_credential_and_writes_it_down()
    {
        var routes = AdminRoutes;
        Assert.True(routes.Count >= 14, $"only {routes.Count} routes were found");
        Assert.Contains(("POST", DashboardRoutes.Prefix), routes);
        var dashboard = routes.Where(route => route.Path.StartsWith(DashboardRoutes.Prefix + "/", StringComparison.Ordinal)).ToList();
        Assert.True(dashboard.Count > 5, "the dashboard's own routes were not found");
        var banned = TokenIssuer.NewPlayer();
        var revoked = TokenIssuer.NewPlayer();
        using var admin = server.Visit(server.Tokens.Admin());
        await admin.DoAsync("/api/admin/bans", new { player = banned.ToString(), reason = "test" });
        var revokedToken = server.Tokens.Admin(player: revoked);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/admin/sessions/{revoked}")).Status);

        List<(string Kind, string? Token, HttpStatusCode Expected)> credentials =
        [
            .. server.Tokens.Bad().Select(bad => (bad.Kind, bad.Token, HttpStatusCode.Unauthorized)),
            ("a player's", server.Tokens.Player(), HttpStatusCode.Forbidden),
            ("a banned admin's", server.Tokens.Admin(player: banned), HttpStatusCode.Forbidden),
            ("a revoked admin's", revokedToken, HttpStatusCode.Forbidden),
        ];
        // Every route once and every credential once is written down; then all of them together, of which the audit may count some instead.
        var ours = routes.Except(dashboard).ToList();
        foreach (var (method, path) in ours)
            await RefuseAsync(credentials[0], method, path, isWritten: true);
        foreach (var credential in credentials.Skip(1))
            await RefuseAsync(credential, ours[0].Method, ours[0].Path, isWritten: true);
        foreach (var credential in credentials)
        {
            foreach (var (method, path) in routes)
                await RefuseAsync(credential, method, path, isWritten: false);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/admin/bans/{banned}")).Status);
    }

    [Fact]
    public async Task An_operator_is_let_in_with_the_signing_key_and_with_the_one_before_it()
    {
        foreach (var token in (string[])[server.Tokens.Admin(), server.Tokens.AdminOfPreviousKey()])
        {
            using var admin = server.Visit(token);
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/admin/rooms")).Status);
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/admin/sessions")).Status);
        }
    }

    [Fact]
    public async Task What_an_operator_changes_is_written_down_with_its_outcome()
    {
        using var admin = server.Visit(server.Tokens.Admin());
        var player = TokenIssuer.NewPlayer().ToString();

        await admin.DoAsync("/api/admin/bans", new { player, reason = "spawn camping" });
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/admin/bans/{player}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/api/admin/bans/{player}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync("/api/admin/silos/nobody/drain")).Status);

        Assert.Single(server.Log.Audit, line => line.StartsWith($"Ban of {player} by operator", StringComparison.Ordinal) && line.EndsWith("accepted", StringComparison.Ordinal));
        Assert.Single(server.Log.Audit, line => line.StartsWith($"Unban of {player}", StringComparison.Ordinal) && line.EndsWith("accepted", StringComparison.Ordinal));
        Assert.Single(server.Log.Audit, line => line.StartsWith($"Unban of {player}", StringComparison.Ordinal) && line.EndsWith("unknown", StringComparison.Ordinal));
        Assert.Single(server.Log.Audit, line => line.StartsWith("POST of /api/admin/silos/nobody/drain", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_other_route_is_public_by_decision_or_needs_a_token()
    {
        var open = Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            .Select(PathOf).Where(path => !Public.Contains(path));

        Assert.Empty(open);
        Assert.All(
            Endpoints.Where(endpoint => PathOf(endpoint).StartsWith("/api/admin", StringComparison.OrdinalIgnoreCase)),
            endpoint => Assert.Contains(endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), data => data.Policy == Gateway.Http.AdminRoutes.AdminPolicy));
    }

    private async Task RefuseAsync((string Kind, string? Token, HttpStatusCode Expected) credential, string method, string path, bool isWritten)
    {
        using var visitor = server.Visit(credential.Token);
        var before = Refusals(method, path);
        var (status, _) = await visitor.SendAsync(new HttpMethod(method), path, method == "POST" ? new { } : null);
        Assert.True(status == credential.Expected, $"{method} {path} with {credential.Kind}: {status}");
        Assert.True(!isWritten || Refusals(method, path) == before + 1, $"{method} {path} with {credential.Kind} was not audited");
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private static string Fill(string path) => Parameter().Replace(path
        .Replace("{player}", TokenIssuer.NewPlayer().ToString(), StringComparison.Ordinal)
        .Replace("{room}", "nowhere", StringComparison.Ordinal)
        .Replace("{silo}", "nobody", StringComparison.Ordinal)
        .Replace("{id}", "0", StringComparison.Ordinal), "1");

    // Those of the Orleans Dashboard, which are not ours to name.
    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    private int Refusals(string method, string path) =>
        server.Log.Audit.Count(line => line.StartsWith($"{method} {path} by ", StringComparison.Ordinal) && line.Contains("refused", StringComparison.Ordinal));
}
