// Prints why an entity was or was not sent to the first bot, tick by tick.
using System.Net.Http.Headers;
using System.Text.Json;

namespace Aetheris.Cli.Bots;

/// <summary>Asks the gateway's explain route while the bots fly.</summary>
internal static class Explanation
{
    private const int Ticks = 120;

    /// <summary>Watches two seconds of one entity and prints a line per tick and a line of sums.</summary>
    /// <returns>Why there is nothing to print, or null.</returns>
    public static async Task<string?> PrintAsync(HttpClient http, string baseUrl, Bot bot, ulong entity, TextWriter output, CancellationToken cancellation)
    {
        var url = FormattableString.Invariant(
            $"{baseUrl.TrimEnd('/')}/api/admin/rooms/{Uri.EscapeDataString(bot.Room)}/explain?player={bot.Client.Player}&entity={entity}&ticks={Ticks}");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("AETHERIS_TOKEN") ?? bot.Match.AccessToken);
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            if (!response.IsSuccessStatusCode)
                return "explain: " + url + " answers " + (int)response.StatusCode;
            using var answer = JsonDocument.Parse(text);
            Print(answer.RootElement, entity, bot, output);
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException or IOException)
        {
            return "explain: " + e.Message;
        }
    }

    private static void Print(JsonElement answer, ulong entity, Bot bot, TextWriter output)
    {
        var sums = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in answer.GetProperty("decisions").EnumerateArray())
        {
            var decision = entry.GetProperty("decision").GetString() ?? string.Empty;
            sums[decision] = sums.GetValueOrDefault(decision) + 1;
            output.WriteLine(FormattableString.Invariant($"tick {entry.GetProperty("tick").GetUInt64()}: {decision}: {Describe(decision, entry)}"));
        }

        output.WriteLine(FormattableString.Invariant(
            $"entity {entity} to bot {bot.Index} ({bot.Client.Player}): {string.Join(", ", sums.Select(sum => FormattableString.Invariant($"{sum.Key} {sum.Value}")))}"));
        if (entity == bot.Client.View.OwnShip.Value)
            output.WriteLine("it is the bot's own ship: its exact state travels in every datagram, whatever is decided about its cell");
        if (sums.Count == 1 && sums.ContainsKey("absent"))
            output.WriteLine("the ids of room '" + bot.Room + "' are in GET /api/admin/rooms/" + bot.Room + "/state");
    }

    private static string Describe(string decision, JsonElement entry)
    {
        int Number(string name) => entry.GetProperty(name).GetInt32();
        var where = decision is "absent" or "outOfInterest" ? string.Empty : FormattableString.Invariant($" (cell {Number("cell")}, channel {entry.GetProperty("channel").GetString()}, {Number("budget")} bytes left)");
        var held = entry.GetProperty("heldAge").GetInt64();
        var holds = held < 0 ? "the client is not known to hold any state of it" : FormattableString.Invariant($"the client is known to hold its state of {held} ticks ago");
        return decision switch
        {
            "absent" => "the room has no such entity",
            "outOfInterest" => "too far away, or a filter hides it",
            "unchanged" => "nothing new since what the client has; " + holds,
            "inFlight" => "its newest state is under way; " + holds,
            "sent" => FormattableString.Invariant($"{Number("bytes")} bytes with its neighbours, against the state of {Number("baseAge")} ticks ago") + Second(Number("baseGap")),
            "sentAbsolute" => FormattableString.Invariant($"{Number("bytes")} bytes with its neighbours, whole; ") + holds,
            "shed" => "others were more urgent and the bytes were used up; " + holds,
            "full" => "all datagrams of the tick were full; " + holds,
            "tooLarge" => "the cell did not fit into a datagram and is split before the next tick; " + holds,
            _ => holds,
        } + where;
    }

    private static string Second(int gap) => gap == 0 ? string.Empty : FormattableString.Invariant($" and that of {gap} ticks before it");
}
