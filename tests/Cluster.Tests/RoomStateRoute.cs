// The state of a room as the room itself says it (DESIGN §4), for tests that compare it with what clients know.
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Aetheris.Cluster.Tests;

internal sealed class RoomStateRoute(HttpClient http, string server, string token)
{
    /// <summary>The state of a room after a tick that it still keeps, or of now; null when it keeps that tick no longer.</summary>
    public async Task<JsonElement?> GetAsync(string room, ulong? tick = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{server}/api/admin/rooms/{room}/state{(tick is { } at ? $"?tick={at}" : string.Empty)}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>One entity of a state.</summary>
    public static JsonElement EntityOf(JsonElement state, ulong id)
    {
        foreach (var entity in state.GetProperty("entities").EnumerateArray())
        {
            if (entity.GetProperty("id").GetUInt64() == id)
                return entity;
        }

        throw new InvalidOperationException($"no entity {id} at tick {state.GetProperty("tick")}");
    }
}
