// Prints why an entity was or was not sent to the first bot, tick by tick.
using System.Globalization;
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
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"tick {entry.GetProperty("tick").GetUInt64()}: {decision}, cell {entry.GetProperty("cell").GetInt32()}, channel {entry.GetProperty("channel").GetString()}, base age {entry.GetProperty("baseAge").GetInt32()} gap {entry.GetProperty("baseGap").GetInt32()}, {entry.GetProperty("bytes").GetInt32()} bytes, client holds a state {entry.GetProperty("heldAge").GetInt64()} ticks old, budget {entry.GetProperty("budget").GetInt32()}"));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"entity {entity} to bot {bot.Index} ({bot.Client.Player}): {string.Join(", ", sums.Select(sum => sum.Key + " " + sum.Value.ToString(CultureInfo.InvariantCulture)))}"));
    }
}
