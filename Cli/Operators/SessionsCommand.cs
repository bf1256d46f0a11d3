// aetheris sessions: who is connected, and ending it.
using System.CommandLine;

namespace Aetheris.Cli.Operators;

/// <summary><c>aetheris sessions list [--watch]|revoke|ban|unban|bans</c>.</summary>
public static class SessionsCommand
{
    /// <summary>The command and its subcommands.</summary>
    public static Command Create()
    {
        var player = new Argument<string>("player") { Description = "player id: 26 characters" };
        var reason = new Argument<string>("reason") { Description = "why, in words that the player is told" };
        var until = new Argument<string>("until") { Description = BanBody.UntilHelp };
        return new Command("sessions", "list connected players, end sessions, ban players")
        {
            WatchedList.Create(
                "list", "connected players, the most suspicious first", "/api/admin/sessions",
                "player", "name", "role", "room", "transport", "seconds", "idleSeconds", "suspicion", "level"),
            OperatorCommand.Create(
                "revoke", "end a player's session everywhere; they may sign in again",
                (api, parsed, cancellation) => api.DeleteAsync($"/api/admin/sessions/{Escaped(parsed, player)}", cancellation),
                _ => "the session is ended", _ => true, player),
            OperatorCommand.Create(
                "ban", "end a player's session and let them in no more",
                (api, parsed, cancellation) => api.PostAsync("/api/admin/bans", BanBody.Write("player", parsed.GetValue(player)!, parsed.GetValue(reason)!, parsed.GetValue(until)!), cancellation),
                ban => $"{ban.GetProperty("player")} is banned", _ => true, player, reason, until),
            OperatorCommand.Create(
                "unban", "lift a ban", (api, parsed, cancellation) => api.DeleteAsync($"/api/admin/bans/{Escaped(parsed, player)}", cancellation),
                _ => "the ban is lifted", _ => true, player),
            OperatorCommand.Create(
                "bans", "bans that hold, newest first", (api, _, cancellation) => api.GetAsync("/api/admin/bans", cancellation),
                bans => Table.Format(bans, "player", "at", "until", "reason"), _ => true),
        };
    }

    private static string Escaped(ParseResult parsed, Argument<string> player) => Uri.EscapeDataString(parsed.GetValue(player)!);
}
