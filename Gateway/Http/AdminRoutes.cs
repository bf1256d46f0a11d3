// What operators ask.
using System.Globalization;
using Aetheris.Auth.Tokens;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary><c>/api/admin/…</c>. Everything needs the role admin; in Development any signed-in user may read a room's state.</summary>
public static class AdminRoutes
{
    /// <summary>Name of the authorization policy.</summary>
    public const string AdminPolicy = "admin";

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes, bool isDevelopment)
    {
        var admin = routes.MapGroup("/api/admin").RequireAuthorization(AdminPolicy).ProducesProblem(401).ProducesProblem(403);
        admin.MapGet("/silos", ListSilosAsync).WithSummary("Silos of the cluster");
        admin.MapGet("/rooms", ListRoomsAsync).WithSummary("Rooms with their figures");

        OperatorRoutes.Map(admin);
        RecordingRoutes.Map(admin);

        var state = routes.MapGet("/api/admin/rooms/{room}/state", GetStateAsync).WithSummary("A room's whole state from its history")
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(404);
        if (isDevelopment)
            state.RequireAuthorization();
        else
            state.RequireAuthorization(AdminPolicy).ProducesProblem(403);
    }

    private static async Task<Ok<List<AdminSiloAnswer>>> ListSilosAsync(IGrainFactory grains)
    {
        var silos = await grains.GetGrain<IClusterGrain>(0).ListSilosAsync();
        return TypedResults.Ok(silos.Select(silo => new AdminSiloAnswer(silo.Silo, silo.State, silo.Rooms, silo.Version)).ToList());
    }

    private static async Task<Ok<List<AdminRoomAnswer>>> ListRoomsAsync(IGrainFactory grains)
    {
        var rooms = await grains.GetGrain<IRoomDirectoryGrain>(0).ListAsync();
        return TypedResults.Ok(rooms.Select(room => new AdminRoomAnswer(
            room.Room, room.Silo, room.Epoch, room.Tick, room.Players, room.Entities, room.TickP99Ms, room.TickCpuP50Us,
            MigrateAnswer.Of(room.LastMove))).ToList());
    }

    private static async Task<IResult> GetStateAsync(string room, string? tick, IGrainFactory grains, WorldDefinition definition)
    {
        if (!RoomName.IsValid(room))
            return TypedResults.Problem("Names of rooms have 1 to 64 characters of a-z 0-9 . _ -", statusCode: StatusCodes.Status400BadRequest);
        ulong? at = null;
        if (tick is not null)
        {
            if (!ulong.TryParse(tick, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return TypedResults.Problem("tick must be a number.", statusCode: StatusCodes.Status400BadRequest);
            at = number;
        }

        var state = await grains.GetGrain<IRoomGrain>(room).GetStateAsync(at);
        if (state is null)
            return TypedResults.Problem($"There is no open room '{room}', or it does not keep that tick.", statusCode: StatusCodes.Status404NotFound);
        var json = RoomStateJson.Write(definition, room, state);
        return json is null
            ? TypedResults.Problem("The room runs other rules than this gateway.", statusCode: StatusCodes.Status502BadGateway)
            : TypedResults.Bytes(json, "application/json");
    }
}
