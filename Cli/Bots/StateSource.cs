// Reads a room's state over HTTP.
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Aetheris.Cli.Bots;

/// <summary>The state route with one token.</summary>
internal sealed class StateSource
{
    private readonly HttpClient _http;
    private readonly string _base;
    private readonly string _token;

    public StateSource(HttpClient http, string baseUrl, string room, string token)
    {
        _http = http;
        _base = baseUrl.TrimEnd('/') + "/api/admin/rooms/" + Uri.EscapeDataString(room) + "/state";
        _token = token;
    }

    /// <summary>Why the last call gave nothing.</summary>
    public string Failure { get; private set; } = string.Empty;

    /// <summary>State at a tick, or now. Null when the tick is not kept or the route fails.</summary>
    public async Task<RoomState?> GetAsync(ulong? tick)
    {
        var url = tick is { } at ? _base + "?tick=" + at.ToString(CultureInfo.InvariantCulture) : _base;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            using var response = await _http.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Failure = url + " answers " + (int)response.StatusCode;
                return null;
            }

            var state = RoomState.FromJson(await response.Content.ReadAsStreamAsync());
            if (state is not null && (tick is null || state.Tick == tick))
                return state;
            state?.Dispose();
            Failure = url + (state is null ? " answers with something else" : " answers with another tick");
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            Failure = url + ": " + e.Message;
            return null;
        }
    }
}
