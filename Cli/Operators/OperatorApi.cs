// The operators' HTTP routes of a gateway, for the command line.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Aetheris.Auth;
using Aetheris.Auth.Tokens;
using Aetheris.Cli.Tokens;

namespace Aetheris.Cli.Operators;

/// <summary>Calls with an admin's token: <c>AETHERIS_TOKEN</c>, or in Development one that is minted for the moment.</summary>
internal sealed class OperatorApi : IDisposable
{
    private const string TokenVariable = "AETHERIS_TOKEN";

    // A drain of many rooms takes its time; the server bounds it to 30 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;

    private OperatorApi(Uri gateway, string token)
    {
        _http = new HttpClient { BaseAddress = gateway, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <exception cref="OperatorException">The URL is none, or there is no token.</exception>
    public static OperatorApi Open(string gateway)
    {
        if (!Uri.TryCreate(gateway, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new OperatorException("--http must be a URL such as http://localhost:8080");
        var token = Environment.GetEnvironmentVariable(TokenVariable);
        return new OperatorApi(url, string.IsNullOrWhiteSpace(token) ? Mint() : token.Trim());
    }

    /// <exception cref="OperatorException">The gateway refuses or is not there; the message says why.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <exception cref="OperatorException">The gateway refuses or is not there; the message says why.</exception>
    public Task<JsonElement> PostAsync(string path, string json, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, json, cancellation);

    /// <exception cref="OperatorException">The gateway refuses or is not there; the message says why.</exception>
    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Delete, path, null, cancellation);

    public void Dispose() => _http.Dispose();

    private static string Mint()
    {
        if (!UserKeys.TryLoad(out var keys, out var error))
            throw new OperatorException($"{error}; or set {TokenVariable} to an admin's token");
        using (keys)
            return new TokenIssuer(keys, new AuthOptions(), TimeProvider.System).IssueAccess(TokenIssuer.NewPlayer(), "operator", PlayerRole.Admin, TokenLife).Token;
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            if (json is not null)
                request.Content = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await _http.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new OperatorException($"{(int)answer.StatusCode}: {Detail(text) ?? answer.ReasonPhrase}");
            // Some answers have no body.
            return JsonDocument.Parse(text.Length == 0 ? "null" : text).RootElement;
        }
        catch (HttpRequestException exception)
        {
            throw new OperatorException($"no gateway answers at {_http.BaseAddress}: {exception.Message}", exception);
        }
        catch (TaskCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new OperatorException($"no answer from {_http.BaseAddress} within {Patience.TotalSeconds} s", exception);
        }
        catch (JsonException exception)
        {
            throw new OperatorException($"the answer of {_http.BaseAddress} is not understood", exception);
        }
    }

    private static string? Detail(string text)
    {
        try
        {
            return JsonDocument.Parse(text).RootElement is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
