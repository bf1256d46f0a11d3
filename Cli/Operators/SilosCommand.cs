// aetheris silos: the members of the cluster, and emptying one.
using System.CommandLine;
using System.Text.Json;

namespace Aetheris.Cli.Operators;

/// <summary><c>aetheris silos list [--watch]</c> and <c>aetheris silos drain SILO</c>.</summary>
public static class SilosCommand
{
    /// <summary>The command and its subcommands.</summary>
    public static Command Create()
    {
        var silo = new Argument<string>("silo") { Description = "name of the silo" };
        return new Command("silos", "list silos and drain them")
        {
            WatchedList.Create("list", "silos with their rooms", "/api/admin/silos", "silo", "state", "rooms", "version"),
            OperatorCommand.Create(
                "drain", "move all rooms away and place no new ones there, until it is restarted; answers when done",
                (api, parsed, cancellation) => api.PostAsync($"/api/admin/silos/{Uri.EscapeDataString(parsed.GetValue(silo)!)}/drain", "{}", cancellation),
                Describe, IsEmpty, silo),
        };
    }

    private static bool IsEmpty(JsonElement drain) => drain.GetProperty("rooms").GetInt32() == 0;

    private static string Describe(JsonElement drain) => IsEmpty(drain)
        ? $"{drain.GetProperty("silo")} is empty: it can be stopped"
        : $"{drain.GetProperty("rooms")} rooms are still on {drain.GetProperty("silo")}: no other silo takes them";
}
