// Bans of addresses: what operators do about them, and what whoever comes from one meets.
using Aetheris.Auth.Keys;
using Aetheris.Gateway.Connections;
using Aetheris.Grains.Interfaces.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aetheris.Gateway.Http;

/// <summary><c>/api/admin/address-bans</c>: role admin. The audit log has the address as the digest that stands for it everywhere in logs.</summary>
internal static class AddressBanRoutes
{
    private const string NotAddress = "address must be an IPv4 or IPv6 address; of the latter the whole /64 counts as one.";

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").RequireAuthorization(AdminRoutes.AdminPolicy).ProducesProblem(401).ProducesProblem(403);
        admin.MapGet("/address-bans", ListAsync).WithSummary("Bans of addresses that hold, newest first");
        admin.MapPost("/address-bans", BanAsync).WithSummary("Ban an address: connections from it end, and none is let in")
            .ProducesProblem(400).ProducesProblem(409);
        admin.MapDelete("/address-bans", UnbanAsync).WithSummary("Lift the ban of the address in the query").ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>Refuses what is for players when it comes from a banned address.</summary>
    public static void UseAddressBans(this WebApplication app)
    {
        var banned = app.Services.GetRequiredService<BannedAddresses>();
        var metrics = app.Services.GetRequiredService<GatewayMetrics>();
        app.Use(next => context =>
        {
            if (!IsOfPlayers(context.Request.Path) || banned.Find(context.Connection.RemoteIpAddress) is not { } ban)
                return next(context);
            metrics.Drop("address_banned");
            return TypedResults.Problem(BannedAddresses.TextOf(ban), statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
        });
    }

    private static bool IsOfPlayers(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/ws", StringComparison.OrdinalIgnoreCase);

    private static async Task<Ok<List<AddressBanAnswer>>> ListAsync(IGrainFactory grains) =>
        TypedResults.Ok(((await grains.GetGrain<IAddressBansGrain>(0).GetAsync(0)).Bans ?? []).Select(ToAnswer).ToList());

    private static async Task<Results<Ok<AddressBanAnswer>, ProblemHttpResult>> BanAsync(
        AddressBanRequest body, HttpContext context, IGrainFactory grains, TimeProvider time, IdentityDigest digest)
    {
        var isAddress = AddressKey.TryParse(body.Address, out var key);
        AdminAct.Set(context, "BanAddress", isAddress ? digest.Of("address", key.ToString()) : "?");
        if (!isAddress)
            return Problem(StatusCodes.Status400BadRequest, NotAddress);
        var now = time.GetUtcNow();
        if (!BanRule.TryJudge(body.Reason, body.Until, now, out var reason, out var problem))
            return Problem(StatusCodes.Status400BadRequest, problem);
        if (context.Connection.RemoteIpAddress is { } own && AddressKey.Of(own) == key)
            return Problem(StatusCodes.Status409Conflict, "This is the address that you ask from: you could not lift the ban.");
        var ban = new AddressBan(key.ToString(), reason, AccessTokenHandler.ClaimsOf(context).Player, now, body.Until);
        return await grains.GetGrain<IAddressBansGrain>(0).AddAsync(ban)
            ? TypedResults.Ok(ToAnswer(ban))
            : Problem(StatusCodes.Status409Conflict, $"There are {IAddressBansGrain.MaxBans} bans of addresses already; lift some, or use the network's firewall.");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnbanAsync(string? address, HttpContext context, IGrainFactory grains, IdentityDigest digest)
    {
        var isAddress = AddressKey.TryParse(address, out var key);
        AdminAct.Set(context, "UnbanAddress", isAddress ? digest.Of("address", key.ToString()) : "?");
        if (!isAddress)
            return Problem(StatusCodes.Status400BadRequest, NotAddress);
        return await grains.GetGrain<IAddressBansGrain>(0).RemoveAsync(key.ToString())
            ? TypedResults.NoContent()
            : Problem(StatusCodes.Status404NotFound, "This address is not banned.");
    }

    private static AddressBanAnswer ToAnswer(AddressBan ban) => new(ban.Address, ban.Reason, ban.By.ToString(), ban.At, ban.Until);

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
