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
        _http = new HttpClient { BaseAddress = gateway, Timeout = Timeout.InfiniteTimeSpan };
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
    public Task<JsonElement> PutAsync(string path, string json, CancellationToken cancellation) => SendAsync(HttpMethod.Put, path, json, cancellation);

    /// <exception cref="OperatorException">The gateway refuses or is not there; the message says why.</exception>
    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Delete, path, null, cancellation);

    /// <summary>Fetches a file.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="wait">How long the gateway may take beyond the usual.</param>
    /// <param name="maxBytes">Most bytes that are taken.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="OperatorException">The gateway refuses, is not there or sends too much; the message says why.</exception>
    public Task<byte[]> GetFileAsync(string path, TimeSpan wait, int maxBytes, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), wait, content => ReadAsync(content, maxBytes, cancellation), cancellation);

    /// <summary>Sends a file.</summary>
    /// <exception cref="OperatorException">The gateway refuses or is not there; the message says why.</exception>
    public Task<JsonElement> PostFileAsync(string path, byte[] file, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return SendAsync(request, TimeSpan.Zero, content => ParseAsync(content, cancellation), cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static string Mint()
    {
        if (!UserKeys.TryLoad(out var keys, out var error))
            throw new OperatorException($"{error}; or set {TokenVariable} to an admin's token");
        using (keys)
            return new TokenIssuer(keys, new AuthOptions(), TimeProvider.System).IssueAccess(TokenIssuer.NewPlayer(), "operator", PlayerRole.Admin, TokenLife).Token;
    }

    private Task<JsonElement> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return SendAsync(request, TimeSpan.Zero, content => ParseAsync(content, cancellation), cancellation);
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage message, TimeSpan wait, Func<HttpContent, Task<T>> read, CancellationToken cancellation)
    {
        var patience = Patience + wait;
        using var request = message;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(patience);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token);
            if (answer.IsSuccessStatusCode)
                return await read(answer.Content);
            var text = await answer.Content.ReadAsStringAsync(bound.Token);
            throw new OperatorException($"{(int)answer.StatusCode}: {Detail(text) ?? answer.ReasonPhrase}");
        }
        catch (HttpRequestException exception)
        {
            throw new OperatorException($"no gateway answers at {_http.BaseAddress}: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new OperatorException($"no answer from {_http.BaseAddress} within {patience.TotalSeconds} s", exception);
        }
        catch (JsonException exception)
        {
            throw new OperatorException($"the answer of {_http.BaseAddress} is not understood", exception);
        }
    }

    // Some answers have no body.
    private static async Task<JsonElement> ParseAsync(HttpContent content, CancellationToken cancellation)
    {
        var text = await content.ReadAsStringAsync(cancellation);
        return JsonDocument.Parse(text.Length == 0 ? "null" : text).RootElement;
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellation)
    {
        using var file = new MemoryStream();
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[64 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (file.Length + count > maxBytes)
                throw new OperatorException($"the answer is larger than {maxBytes} bytes");
            file.Write(buffer, 0, count);
        }

        return file.ToArray();
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
