// What the playground's chaos panel does to the cluster.
using System.Net;
using Aetheris.Auth.Tokens;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Silos;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary>
/// <c>/api/me</c> and <c>/api/chaos/…</c>: rooms are moved by operators, in Development by any signed-in user; silos are killed in
/// Development only, where there is another one, by operators and by whoever sits at the gateway's own machine. Every act is written to
/// the audit log.
/// </summary>
internal static class ChaosRoutes
{
    private const string Active = "Active";

    public static void Map(IEndpointRouteBuilder routes, bool isDevelopment)
    {
        routes.MapGet("/api/me", (HttpContext context) => Me(context, isDevelopment)).RequireAuthorization()
            .WithSummary("Who I am and what I may do").ProducesProblem(401);
        var chaos = routes.MapGroup("/api/chaos").ProducesProblem(401);
        if (isDevelopment)
            chaos.RequireAuthorization();
        else
            chaos.RequireAuthorization(AdminRoutes.AdminPolicy).ProducesProblem(403);
        chaos.MapGet("/rooms/{room}", WhereAsync).WithSummary("The silo of a room, and the others").ProducesProblem(404);
        chaos.MapPost("/rooms/{room}/move", MoveAsync).WithSummary("Move a room to another silo")
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        if (isDevelopment)
            chaos.MapPost("/silos/{silo}/kill", KillAsync).WithSummary("Kill a silo where there is another one").ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static Ok<MeAnswer> Me(HttpContext context, bool isDevelopment)
    {
        var access = AccessTokenHandler.ClaimsOf(context);
        var isOperator = IsOperator(access);
        return TypedResults.Ok(new MeAnswer(
            access.Player.ToString(), access.Name, access.Role, isOperator, isOperator || isDevelopment,
            isDevelopment && MayKill(isOperator, context.Connection.RemoteIpAddress)));
    }

    /// <summary>Whether somebody may kill a silo of a cluster in Development: a playground on a network is not its guests' to end.</summary>
    internal static bool MayKill(bool isOperator, IPAddress? from) =>
        isOperator || (from is not null && IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from));

    private static bool IsOperator(AccessClaims access) => string.Equals(access.Role, PlayerRole.Admin, StringComparison.Ordinal);

    private static async Task<Results<Ok<RoomPlaceAnswer>, ProblemHttpResult>> WhereAsync(string room, IGrainFactory grains)
    {
        var (listing, others) = await FindAsync(room, grains);
        return listing is null
            ? NoRoom(room)
            : TypedResults.Ok(new RoomPlaceAnswer(room, listing.Silo, others, MigrateAnswer.Of(listing.LastMove)));
    }

    private static async Task<Results<Ok<MigrateAnswer>, ProblemHttpResult>> MoveAsync(
        string room, HttpContext context, IGrainFactory grains, TimeProvider time, CancellationToken aborted)
    {
        var (listing, others) = await FindAsync(room, grains);
        if (listing is null)
            return NoRoom(room);
        if (others.Count == 0)
            return TypedResults.Problem("There is no other silo to move to.", statusCode: StatusCodes.Status409Conflict);
        AdminAct.Set(context, "MoveRoom", room);
        return await OperatorRoutes.MigrateAsync(room, new MigrateRequest(others[0]), grains, time, aborted);
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> KillAsync(string silo, HttpContext context, IGrainFactory grains)
    {
        AdminAct.Set(context, "KillSilo", Uri.EscapeDataString(silo));
        if (!MayKill(IsOperator(AccessTokenHandler.ClaimsOf(context)), context.Connection.RemoteIpAddress))
            return TypedResults.Problem("Silos are killed by operators, and from the gateway's own machine.", statusCode: StatusCodes.Status403Forbidden);
        var silos = await ActiveAsync(grains);
        if (!silos.Contains(silo, StringComparer.Ordinal))
            return TypedResults.Problem($"No active silo is named '{silo}'.", statusCode: StatusCodes.Status404NotFound);
        if (silos.Count == 1)
            return TypedResults.Problem("This is the only silo; nothing would be left.", statusCode: StatusCodes.Status409Conflict);
        if (!await grains.GetGrain<ISiloGrain>(silo).KillAsync())
            return TypedResults.Problem($"The silo '{silo}' does not run in Development.", statusCode: StatusCodes.Status409Conflict);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<(RoomListing? Listing, List<string> Others)> FindAsync(string room, IGrainFactory grains)
    {
        if (!RoomName.IsValid(room))
            return (null, []);
        var listing = (await grains.GetGrain<IRoomDirectoryGrain>(0).ListAsync()).FirstOrDefault(open => string.Equals(open.Room, room, StringComparison.Ordinal));
        if (listing is null)
            return (null, []);

        // The directory's copy may be a second old; the room itself knows where it is.
        listing = await grains.GetGrain<IRoomGrain>(room).GetListingAsync();
        return (listing, [.. (await ActiveAsync(grains)).Where(silo => !string.Equals(silo, listing.Silo, StringComparison.Ordinal))]);
    }

    private static async Task<List<string>> ActiveAsync(IGrainFactory grains)
    {
        var silos = await grains.GetGrain<IClusterGrain>(0).ListSilosAsync();
        return [.. silos.Where(static silo => string.Equals(silo.State, Active, StringComparison.Ordinal)).Select(static silo => silo.Silo)];
    }

    private static ProblemHttpResult NoRoom(string room) => TypedResults.Problem($"There is no open room '{room}'.", statusCode: StatusCodes.Status404NotFound);
}
