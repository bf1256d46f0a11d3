// The operators' HTTP routes, as an operator's script would use them.
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Aetheris.Cluster.Tests.Api;

internal sealed class AdminApi : IDisposable
{
    private static readonly TimeSpan CrowdPatience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;

    public AdminApi(string http, string token)
    {
        _http = new HttpClient { BaseAddress = new Uri(http), Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Asks until the answer is as wanted; that the cluster cannot answer for a moment (503) is no answer yet.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> wanted, TimeSpan patience, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var said = "503";
            try
            {
                var answer = await ask();
                if (wanted(answer))
                    return answer;
                said = $"{answer}";
            }
            catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                // Asked in the moment in which a silo is gone.
            }

            if (Stopwatch.GetElapsedTime(started) > patience)
                throw new TimeoutException($"not {what} after {patience.TotalSeconds} s: {said}");
            await Task.Delay(100);
        }
    }

    /// <summary>Silos by name.</summary>
    public async Task<Dictionary<string, JsonElement>> SilosAsync() => (await GetAsync("/api/admin/silos")).EnumerateArray()
        .ToDictionary(silo => silo.GetProperty("silo").GetString()!, StringComparer.Ordinal);

    /// <summary>Rooms by name.</summary>
    public async Task<Dictionary<string, JsonElement>> RoomsAsync() => (await GetAsync("/api/admin/rooms")).EnumerateArray()
        .ToDictionary(room => room.GetProperty("room").GetString()!, StringComparer.Ordinal);

    /// <summary>Waits until as many players as expected are in the rooms that the directory knows.</summary>
    /// <returns>The rooms.</returns>
    public Task<Dictionary<string, JsonElement>> WaitForPlayersAsync(int players) => EventuallyAsync(
        RoomsAsync, rooms => rooms.Values.Sum(room => room.GetProperty("players").GetInt32()) == players, CrowdPatience, $"{players} in their rooms");

    /// <summary>A room's state at a tick of its history, or now.</summary>
    public Task<JsonElement> StateAsync(string room, ulong? tick = null) =>
        GetAsync($"/api/admin/rooms/{room}/state" + (tick is null ? string.Empty : $"?tick={tick}"));

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object? body = null)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"GET {path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
        return JsonDocument.Parse(text).RootElement;
    }
}
