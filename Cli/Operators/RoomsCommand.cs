// aetheris rooms: where rooms are, moving them, and rooms as files.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Aetheris.Cli.Operators;

/// <summary><c>aetheris rooms list [--watch]|migrate ROOM SILO|export|import</c>.</summary>
public static class RoomsCommand
{
    /// <summary>The command and its subcommands.</summary>
    public static Command Create()
    {
        var room = new Argument<string>("room") { Description = "name of the room" };
        var silo = new Argument<string>("silo") { Description = "name of the silo to move it to" };
        return new Command("rooms", "list rooms, move them between silos, write them into files and bring them back")
        {
            WatchedList.Create(
                "list", "rooms with their figures", "/api/admin/rooms", "room", "silo", "epoch", "tick", "players", "entities", "tickP99Ms", "tickCpuP50Us"),
            RoomFiles.CreateExport(),
            RoomFiles.CreateImport(),
            OperatorCommand.Create(
                "migrate", "move a room live; answers when it is there",
                (api, parsed, cancellation) => api.PostAsync(
                    $"/api/admin/rooms/{Uri.EscapeDataString(parsed.GetValue(room)!)}/migrate",
                    $"{{\"silo\":\"{JsonEncodedText.Encode(parsed.GetValue(silo)!)}\"}}", cancellation),
                Describe, _ => true, room, silo),
        };
    }

    private static string Describe(JsonElement move) => string.Create(
        CultureInfo.InvariantCulture,
        $"moved from {move.GetProperty("from")} to {move.GetProperty("to")} at tick {move.GetProperty("tick")}, {move.GetProperty("gapMs").GetDouble():0.0} ms without a tick");
}
