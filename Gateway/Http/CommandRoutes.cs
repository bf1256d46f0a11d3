// A game's own commands from players.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary>
/// <c>POST /api/rooms/{room}/commands/{kind}</c> with the payload as body: from a player who is in the room through this gateway, so that
/// the command carries their living connection. For what is pressed now and then; inputs have the link. The rule decides what it does.
/// </summary>
internal static class CommandRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/rooms/{room}/commands/{kind}", SendAsync).RequireAuthorization().WithSummary("Send a game's own command to the room you are in")
            .Produces(202).ProducesProblem(400).ProducesProblem(401).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413);

    private static async Task<IResult> SendAsync(string room, byte kind, HttpContext context, EdgeLoop loop, RoomLinks rooms, WorldDefinition definition)
    {
        if (!RoomName.IsValid(room))
            return Problem(StatusCodes.Status400BadRequest, "Names of rooms have 1 to 64 characters of a-z 0-9 . _ -");
        if (!definition.IsFromPlayers((CommandKind)kind))
            return Problem(StatusCodes.Status404NotFound, $"The rules of this server have no command {kind} for players.");
        var buffer = new byte[CommandCodec.MaxPayloadBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > CommandCodec.MaxPayloadBytes)
            return Problem(StatusCodes.Status413PayloadTooLarge, $"A command has at most {CommandCodec.MaxPayloadBytes} bytes.");
        var player = AccessTokenHandler.ClaimsOf(context).Player;
        var payload = buffer[..length];
        return await loop.InvokeAsync(() => TrySend(rooms, room, player, (CommandKind)kind, payload))
            ? TypedResults.Accepted((string?)null)
            : Problem(StatusCodes.Status409Conflict, $"You are not in the room '{room}' through this gateway, or send too much.");
    }

    private static bool TrySend(RoomLinks rooms, string room, PlayerId player, CommandKind kind, byte[] payload)
    {
        var members = rooms.Find(room)?.Members;
        for (var i = 0; i < members?.Count; i++)
        {
            if (members[i] is ConnectionStateMachine connection && connection.Player == player && connection.TryCommand(kind, payload))
                return true;
        }

        return false;
    }

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
