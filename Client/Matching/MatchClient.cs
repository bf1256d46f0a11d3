// Sign-in and matching over HTTP.
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Aetheris.Client.Time;

namespace Aetheris.Client.Matching;

/// <summary>
/// Signs in as a guest once (or goes on from a sign-in that was made elsewhere), refreshes its tokens in time and matches as often as asked,
/// at any gateway it has heard of; of several gateways it offers the nearest first.
/// </summary>
public sealed class MatchClient : IMatchmaker, ITokenSource
{
    // A token is renewed when a fifth of its life is left.
    private const double RenewAfter = 0.8;
    private const int OneOfManyMilliseconds = 3000;

    private readonly HttpClient _http;
    private readonly string _guestName;
    private readonly GatewayPing _ping;
    private readonly List<string> _bases = new();
    private readonly object _lock = new();
    private Task? _refreshing;
    private string? _accessToken;
    private string? _refreshToken;
    private long _renewAt = long.MaxValue;

    /// <summary>Creates a client.</summary>
    /// <param name="http">Shared by many clients; not disposed here.</param>
    /// <param name="baseUrl">Any gateway, such as <c>http://localhost:8080</c>.</param>
    /// <param name="guestName">Name to sign in with when there is no access token.</param>
    /// <param name="accessToken">A token from elsewhere, or null to sign in as a guest.</param>
    /// <param name="refreshToken">Of the same sign-in: with it the access token is renewed, or fetched first.</param>
    public MatchClient(HttpClient http, string baseUrl, string guestName, string? accessToken = null, string? refreshToken = null)
    {
        _refreshToken = refreshToken;
        if (accessToken is null && refreshToken is not null)
            _renewAt = 0;
        _http = http;
        _guestName = guestName;
        _accessToken = accessToken;
        _ping = new GatewayPing(http, StopwatchClock.Instance);
        _bases.Add(baseUrl.TrimEnd('/'));
    }

    /// <summary>The access token, null before the first sign-in. A secret: never log it.</summary>
    public string? AccessToken => _accessToken;

    /// <summary>The newest refresh token, null without one: what a game keeps to come back as the same player. A secret: never log it.</summary>
    public string? RefreshToken => _refreshToken;

    /// <inheritdoc />
    public bool IsRenewalDue => _refreshToken is not null && StopwatchClock.Instance.NowMicros >= Volatile.Read(ref _renewAt);

    /// <summary>Gateways that can be asked.</summary>
    public IReadOnlyList<string> Gateways => _bases;

    /// <inheritdoc />
    public async Task<MatchAnswer> MatchAsync(int attempt, string? room, string? template, bool spectate, CancellationToken cancellation)
    {
        var baseUrl = _bases[attempt % _bases.Count];

        // A gateway that hangs must not use up the time in which another one would have answered.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (_bases.Count > 1)
            patience.CancelAfter(OneOfManyMilliseconds);
        cancellation = patience.Token;
        if (IsRenewalDue)
            await RefreshAsync(baseUrl, cancellation).ConfigureAwait(false);
        if (_accessToken is null)
            await SignInAsync(baseUrl, cancellation).ConfigureAwait(false);
        var body = new StringBuilder("{");
        if (room is not null)
            body.Append("\"room\":").Append(JsonText.Quote(room));
        else if (template is not null)
            body.Append("\"template\":").Append(JsonText.Quote(template));
        if (spectate)
            body.Append(body.Length > 1 ? "," : string.Empty).Append("\"spectate\":true");
        body.Append('}');
        var text = await PostAsync(baseUrl + "/api/match", body.ToString(), _accessToken, cancellation).ConfigureAwait(false);
        var answer = MatchAnswer.FromJson(text) ?? throw new MatchException("the match answer of " + baseUrl + " is not understood", 0);
        foreach (var gateway in answer.Gateways)
        {
            var url = gateway.Http.TrimEnd('/');
            if (url.Length > 0 && _bases.Count < 16 && !_bases.Contains(url) && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                _bases.Add(url);
        }

        return answer with { Gateways = await _ping.OrderAsync(answer.Gateways, cancellation).ConfigureAwait(false) };
    }

    /// <inheritdoc />
    public async Task<string> RenewAsync(CancellationToken cancellation)
    {
        await RefreshAsync(_bases[0], cancellation).ConfigureAwait(false);
        return _accessToken ?? throw new MatchException("the sign-in is over", 401);
    }

    // One at a time: a refresh token that is shown twice ends the sign-in.
    private Task RefreshAsync(string baseUrl, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_refreshing is null or { IsCompleted: true })
                _refreshing = RefreshOnceAsync(baseUrl, cancellation);
            return _refreshing;
        }
    }

    private async Task RefreshOnceAsync(string baseUrl, CancellationToken cancellation)
    {
        if (!IsRenewalDue || _refreshToken is not { } token)
            return;
        try
        {
            Take(baseUrl, await PostAsync(baseUrl + "/api/auth/refresh", "{\"refreshToken\":" + JsonText.Quote(token) + "}", null, cancellation).ConfigureAwait(false));
        }
        catch (MatchException e) when (e.Status is 401 or 403)
        {
            _refreshToken = null;
            _accessToken = null;
            if (e.Status == 403)
                throw;
        }
    }

    private async Task SignInAsync(string baseUrl, CancellationToken cancellation) => Take(
        baseUrl,
        await PostAsync(baseUrl + "/api/auth/guest", "{\"name\":" + JsonText.Quote(_guestName) + "}", null, cancellation).ConfigureAwait(false));

    private void Take(string baseUrl, string text)
    {
        if (!JsonText.TryParse(text, out var value) || value is not Dictionary<string, object?> root
            || !root.TryGetValue("token", out var token) || token is not string { Length: > 0 } accessToken)
        {
            throw new MatchException("the sign-in answer of " + baseUrl + " is not understood", 0);
        }

        _accessToken = accessToken;
        _refreshToken = root.TryGetValue("refreshToken", out var refresh) && refresh is string { Length: > 0 } next ? next : null;
        var seconds = root.TryGetValue("expiresInSeconds", out var life) && life is double and > 0 and < 1e9 ? (double)life : 0;
        Volatile.Write(ref _renewAt, seconds > 0 ? StopwatchClock.Instance.NowMicros + (long)(seconds * RenewAfter * 1_000_000) : long.MaxValue);
    }

    private async Task<string> PostAsync(string url, string body, string? token, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            var text = await BoundedText.ReadAsync(response.Content, JsonText.MaxLength, cancellation).ConfigureAwait(false)
                ?? throw new MatchException(url + " answers with more than fits", 0);
            if (response.IsSuccessStatusCode)
                return text;
            if ((int)response.StatusCode == 401 && token is not null)
            {
                // With a refresh token the next attempt fetches a new one, else it signs in.
                _accessToken = null;
                Volatile.Write(ref _renewAt, 0);
            }

            throw new MatchException(Describe(url, (int)response.StatusCode, text), (int)response.StatusCode);
        }
        catch (HttpRequestException e)
        {
            throw new MatchException("cannot reach " + url + ": " + OneLine(e.InnerException?.Message ?? e.Message), 0);
        }
        catch (UriFormatException e)
        {
            throw new MatchException(url + ": " + e.Message, 400);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw new MatchException(url + ": " + OneLine(e.Message), 400);
        }
    }

    private static string Describe(string url, int status, string text)
    {
        var detail = string.Empty;
        if (JsonText.TryParse(text, out var value) && value is Dictionary<string, object?> problem)
        {
            detail = problem.TryGetValue("detail", out var d) && d is string s && s.Length > 0 ? s
                : problem.TryGetValue("title", out var t) && t is string title ? title : string.Empty;
        }

        return url + " answers " + status + (detail.Length > 0 ? ": " + OneLine(detail) : string.Empty);
    }

    private static string OneLine(string text)
    {
        text = text.Replace('\r', ' ').Replace('\n', ' ');
        return text.Length > 300 ? text.Substring(0, 300) : text;
    }
}
