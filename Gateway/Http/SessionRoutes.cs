// What operators ask of sessions, and bans.
using Aetheris.Gateway.Connections;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary><c>/api/admin/sessions…</c>, <c>/api/admin/bans…</c>: role admin.</summary>
public static class SessionRoutes
{
    private const string NotPlayer = "player must be a player id: 26 characters of Crockford base 32.";

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").RequireAuthorization(AdminRoutes.AdminPolicy).ProducesProblem(401).ProducesProblem(403);
        admin.MapGet("/sessions", ListAsync).WithSummary("Connected players, the most suspicious first");
        admin.MapGet("/sessions/{player}", GetAsync).WithSummary("A player's session").ProducesProblem(400);
        admin.MapDelete("/sessions/{player}", RevokeAsync).WithSummary("End a player's session everywhere").ProducesProblem(400);
        admin.MapDelete("/sessions/{player}/suspicion", ClearAsync).WithSummary("Start a session's suspicion over").ProducesProblem(400);
        admin.MapGet("/bans", ListBansAsync).WithSummary("Bans that hold, newest first");
        admin.MapPost("/bans", BanAsync).WithSummary("Ban a player: the session ends, and nothing of theirs is accepted").ProducesProblem(400).ProducesProblem(409);
        admin.MapDelete("/bans/{player}", UnbanAsync).WithSummary("Lift a ban").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<Ok<List<AdminSessionAnswer>>> ListAsync(IGrainFactory grains)
    {
        var gateways = await grains.GetGrain<IGatewayDirectoryGrain>(0).ListAllAsync();
        var lists = await Task.WhenAll(gateways.Select(gateway => grains.GetGrain<ILiveSessionsGrain>(gateway.Gateway.ToString()).ListAsync()));
        return TypedResults.Ok(lists.SelectMany(list => list).OrderByDescending(session => session.Suspicion)
            .Select(session => new AdminSessionAnswer(
                session.Player.ToString(), session.Name, session.Role, session.Room, session.Gateway.ToString(), session.Transport,
                session.Seconds, session.IdleSeconds, session.Suspicion, SuspicionLevel.Of(session.Suspicion))).ToList());
    }

    private static async Task<Results<Ok<AdminSessionDetail>, ProblemHttpResult>> GetAsync(string player, IGrainFactory grains)
    {
        if (!TryRead(player, out var id))
            return Problem(NotPlayer);
        var session = grains.GetGrain<ISessionGrain>(id.ToString());
        var info = await session.GetInfoAsync();
        var standing = await session.GetStandingAsync();
        return TypedResults.Ok(new AdminSessionDetail(
            id.ToString(), info.Name, info.Role, info.Room, info.Live, info.Live ? info.Gateway.ToString() : null,
            info.ExpiresAt == default ? null : info.ExpiresAt, standing.RevokedAt, info.Suspicion, SuspicionLevel.Of(info.Suspicion),
            standing.Ban is { } ban ? ToAnswer(ban) : null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string player, HttpContext context, IGrainFactory grains)
    {
        AdminAct.Set(context, "RevokeSession", Shown(player));
        if (!TryRead(player, out var id))
            return Problem(NotPlayer);
        await grains.GetGrain<ISessionGrain>(id.ToString()).RevokeAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ClearAsync(string player, HttpContext context, IGrainFactory grains)
    {
        AdminAct.Set(context, "ClearSuspicion", Shown(player));
        if (!TryRead(player, out var id))
            return Problem(NotPlayer);
        await grains.GetGrain<ISessionGrain>(id.ToString()).ClearSuspicionAsync();
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<BanAnswer>>> ListBansAsync(IGrainFactory grains) =>
        TypedResults.Ok((await grains.GetGrain<IBanListGrain>(0).ListAsync()).Select(ToAnswer).ToList());

    private static async Task<Results<Ok<BanAnswer>, ProblemHttpResult>> BanAsync(BanRequest body, HttpContext context, IGrainFactory grains, TimeProvider time)
    {
        AdminAct.Set(context, "Ban", Shown(body.Player));
        if (!TryRead(body.Player, out var id))
            return Problem(NotPlayer);
        if (id == AccessTokenHandler.ClaimsOf(context).Player)
            return TypedResults.Problem("That is you.", statusCode: StatusCodes.Status409Conflict);
        var now = time.GetUtcNow();
        if (!BanRule.TryJudge(body.Reason, body.Until, now, out var reason, out var problem))
            return Problem(problem);
        var ban = new Ban(id, reason, AccessTokenHandler.ClaimsOf(context).Player, now, body.Until);
        await grains.GetGrain<IBanListGrain>(0).AddAsync(ban);
        return TypedResults.Ok(ToAnswer(ban));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnbanAsync(string player, HttpContext context, IGrainFactory grains)
    {
        AdminAct.Set(context, "Unban", Shown(player));
        if (!TryRead(player, out var id))
            return Problem(NotPlayer);
        return await grains.GetGrain<IBanListGrain>(0).RemoveAsync(id)
            ? TypedResults.NoContent()
            : TypedResults.Problem("This player is not banned.", statusCode: StatusCodes.Status404NotFound);
    }

    private static bool TryRead(string? text, out PlayerId player) => PlayerId.TryParse(text, out player) && !player.IsNone;

    private static string Shown(string? player) => TryRead(player, out var id) ? id.ToString() : "?";

    private static BanAnswer ToAnswer(Ban ban) => new(ban.Player.ToString(), ban.Reason, ban.By.ToString(), ban.At, ban.Until);

    private static ProblemHttpResult Problem(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
