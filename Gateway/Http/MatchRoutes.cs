// Finding a room.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary><c>/api/match</c>, <c>/api/rooms</c>.</summary>
public static class MatchRoutes
{
    private const int MaxGateways = SealedIdentity.MaxGateways;
    private const int MaxExcluded = 5;

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/match", MatchAsync).RequireAuthorization().WithSummary("Find or create a room and get a connect token")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        routes.MapGet("/api/rooms", ListRoomsAsync).WithSummary("Rooms that can be joined");
    }

    private static async Task<Results<Ok<MatchAnswer>, ProblemHttpResult>> MatchAsync(
        MatchWish? body, HttpContext context, IGrainFactory grains, ConnectTokenSealer sealer, PublicAddresses addresses, ConnectionSet connections)
    {
        var wish = body ?? new MatchWish(null, null);
        if (Check(wish) is { } complaint)
            return TypedResults.Problem(complaint, statusCode: StatusCodes.Status400BadRequest);
        var access = AccessTokenHandler.ClaimsOf(context);
        var session = await grains.GetGrain<ISessionGrain>(access.Player.ToString()).GetInfoAsync();
        var request = new MatchRequest(wish.Room, wish.Template, access.Role == PlayerRole.Admin, wish.Exclude ?? [])
        {
            Player = access.Player,
            Place = session.HasPlace ? session.Room : null,
        };
        var match = await grains.GetGrain<IRoomDirectoryGrain>(0).MatchAsync(request);
        if (match.Outcome != MatchOutcome.Found)
            return Refuse(match.Outcome, wish);
        if (!sealer.IsReady)
            return TypedResults.Problem("This gateway is still starting; try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        var others = await grains.GetGrain<IGatewayDirectoryGrain>(0).ListAsync();
        var gateways = Order(addresses, context.Request, others, connections.IsDraining, out var ids);
        var token = sealer.Issue(access, match.Room, wish.Spectate, ids);
        return TypedResults.Ok(new MatchAnswer(match.Room, token.Token, token.ExpiresAt, gateways[0].Udp, gateways[0].Ws, gateways));
    }

    /// <summary>This gateway first, which the client has just reached; if it drains, only when there is no other.</summary>
    private static List<GatewayAddress> Order(
        PublicAddresses addresses, HttpRequest request, IReadOnlyList<GatewayListing> others, bool isDraining, out List<GatewayId> ids)
    {
        var own = addresses.Own(request);
        List<GatewayAddress> gateways = isDraining ? [] : [own];
        ids = isDraining ? [] : [addresses.Id];
        foreach (var other in others)
        {
            if (gateways.Count >= MaxGateways || other.Gateway == addresses.Id)
                continue;
            gateways.Add(PublicAddresses.Other(other, request));
            ids.Add(other.Gateway);
        }

        if (gateways.Count > 0)
            return gateways;
        gateways.Add(own);
        ids.Add(addresses.Id);
        return gateways;
    }

    private static string? Check(MatchWish wish)
    {
        if (wish.Room is not null && wish.Template is not null)
            return "Give room or template, not both.";
        if ((wish.Room is not null && !RoomName.IsValid(wish.Room)) || (wish.Template is not null && !RoomName.IsValid(wish.Template)))
            return "Names of rooms and templates have 1 to 64 characters of a-z 0-9 . _ -";
        if (wish.Exclude is { } exclude && (exclude.Length > MaxExcluded || !Array.TrueForAll(exclude, RoomName.IsValid)))
            return "exclude takes at most 5 room names.";
        return null;
    }

    private static ProblemHttpResult Refuse(MatchOutcome outcome, MatchWish wish)
    {
        var what = wish.Room is not null ? $"room '{wish.Room}'" : wish.Template is not null ? $"template '{wish.Template}'" : "default room";
        return outcome switch
        {
            MatchOutcome.Full => TypedResults.Problem($"The {what} has no free place.", statusCode: StatusCodes.Status409Conflict),
            MatchOutcome.TooMany => TypedResults.Problem("You have opened as many rooms as one player may; join one of them.", statusCode: StatusCodes.Status429TooManyRequests),
            MatchOutcome.Forbidden => TypedResults.Problem($"The access policy of the {what} does not let you in.", statusCode: StatusCodes.Status403Forbidden),
            _ => TypedResults.Problem($"There is no {what}.", statusCode: StatusCodes.Status404NotFound),
        };
    }

    private static async Task<Ok<List<RoomAnswer>>> ListRoomsAsync(IGrainFactory grains)
    {
        var rooms = await grains.GetGrain<IRoomDirectoryGrain>(0).ListAsync();
        return TypedResults.Ok(rooms.Select(room => new RoomAnswer(room.Room, room.Template, room.Status.ToString(), room.Players, room.Capacity, room.Access)).ToList());
    }
}
