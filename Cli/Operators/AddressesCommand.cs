// aetheris addresses: from where nobody may play.
using System.CommandLine;

namespace Aetheris.Cli.Operators;

/// <summary><c>aetheris addresses bans|ban|unban</c>.</summary>
public static class AddressesCommand
{
    private const string Path = "/api/admin/address-bans";

    /// <summary>The command and its subcommands.</summary>
    public static Command Create()
    {
        var address = new Argument<string>("address") { Description = "IPv4 or IPv6 address; of the latter the whole /64 counts as one" };
        var reason = new Argument<string>("reason") { Description = "why, in words that whoever comes from there is told" };
        var until = new Argument<string>("until") { Description = BanBody.UntilHelp };
        return new Command("addresses", "ban addresses, list and lift such bans")
        {
            OperatorCommand.Create(
                "bans", "bans of addresses that hold, newest first", (api, _, cancellation) => api.GetAsync(Path, cancellation),
                bans => Table.Format(bans, "address", "at", "until", "reason"), _ => true),
            OperatorCommand.Create(
                "ban", "end the connections from an address and let nobody in from there",
                (api, parsed, cancellation) => api.PostAsync(
                    Path, BanBody.Write("address", parsed.GetValue(address)!, parsed.GetValue(reason)!, parsed.GetValue(until)!), cancellation),
                ban => $"{ban.GetProperty("address")} is banned", _ => true, address, reason, until),
            OperatorCommand.Create(
                "unban", "lift the ban of an address",
                (api, parsed, cancellation) => api.DeleteAsync($"{Path}?address={Uri.EscapeDataString(parsed.GetValue(address)!)}", cancellation),
                _ => "the ban is lifted", _ => true, address),
        };
    }
}
