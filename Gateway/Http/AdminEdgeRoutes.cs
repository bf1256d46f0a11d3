// What operators ask of gateways and sessions.
using System.Globalization;
using Aetheris.Gateway.Connections;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Http;

/// <summary><c>/api/admin/gateways…</c>, <c>/api/admin/sessions/{player}</c>: role admin; what they change is written to the audit log.</summary>
public static class AdminEdgeRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").RequireAuthorization(AdminRoutes.AdminPolicy).ProducesProblem(401).ProducesProblem(403);
        admin.MapGet("/gateways", ListAsync).WithSummary("Gateways of the shard");
        admin.MapPost("/gateways/{id}/drain", DrainAsync).WithSummary("Send a gateway's players on and stop it").ProducesProblem(404);
        admin.MapDelete("/sessions/{player}", RevokeAsync).WithSummary("End a player's session everywhere").ProducesProblem(400);
    }

    private static async Task<Ok<List<AdminGatewayAnswer>>> ListAsync(IGrainFactory grains)
    {
        var gateways = await grains.GetGrain<IGatewayDirectoryGrain>(0).ListAllAsync();
        return TypedResults.Ok(gateways.Select(g => new AdminGatewayAnswer(g.Gateway.ToString(), g.Http, g.Connections, g.Draining, g.StateBytes)).ToList());
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> DrainAsync(string id, HttpContext context, IGrainFactory grains, ILoggerFactory logs)
    {
        var isId = ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number);
        var isKnown = isId && await grains.GetGrain<IGatewayDirectoryGrain>(0).DrainAsync(new GatewayId(number));
        Audit(logs, context, "DrainGateway", isId ? new GatewayId(number).ToString() : "?", isKnown ? "accepted" : "unknown");
        return isKnown
            ? TypedResults.Accepted((string?)null)
            : TypedResults.Problem("There is no such gateway; /api/admin/gateways lists them.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string player, HttpContext context, IGrainFactory grains, ILoggerFactory logs)
    {
        if (!PlayerId.TryParse(player, out var id) || id.IsNone)
            return TypedResults.Problem("player must be a player id: 26 characters of Crockford base 32.", statusCode: StatusCodes.Status400BadRequest);
        Audit(logs, context, "RevokeSession", id.ToString(), "accepted");
        await grains.GetGrain<ISessionGrain>(id.ToString()).RevokeAsync();
        return TypedResults.NoContent();
    }

    private static void Audit(ILoggerFactory logs, HttpContext context, string command, string target, string outcome)
    {
        var access = AccessTokenHandler.ClaimsOf(context);
        var audit = logs.CreateLogger(AuditLog.Category);
        AuditLog.Operated(audit, command, target, access.Player, access.Role, outcome);
    }
}
