// What operators ask of gateways.
using System.Globalization;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary><c>/api/admin/gateways…</c>: role admin; what they change is written to the audit log.</summary>
public static class AdminEdgeRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/admin").RequireAuthorization(AdminRoutes.AdminPolicy).ProducesProblem(401).ProducesProblem(403);
        admin.MapGet("/gateways", ListAsync).WithSummary("Gateways of the shard");
        admin.MapPost("/gateways/{id}/drain", DrainAsync).WithSummary("Send a gateway's players on and stop it").ProducesProblem(404);
    }

    private static async Task<Ok<List<AdminGatewayAnswer>>> ListAsync(IGrainFactory grains)
    {
        var gateways = await grains.GetGrain<IGatewayDirectoryGrain>(0).ListAllAsync();
        return TypedResults.Ok(gateways.Select(g => new AdminGatewayAnswer(g.Gateway.ToString(), g.Http, g.Connections, g.Draining, g.StateBytes)).ToList());
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> DrainAsync(string id, HttpContext context, IGrainFactory grains)
    {
        var isId = ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number);
        var isKnown = isId && await grains.GetGrain<IGatewayDirectoryGrain>(0).DrainAsync(new GatewayId(number));
        AdminAct.Set(context, "DrainGateway", isId ? new GatewayId(number).ToString() : "?");
        return isKnown
            ? TypedResults.Accepted((string?)null)
            : TypedResults.Problem("There is no such gateway; /api/admin/gateways lists them.", statusCode: StatusCodes.Status404NotFound);
    }
}
