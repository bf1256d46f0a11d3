// What an issuer publishes about itself: above all its keys.
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>
/// The discovery document, kept for half a day. The library's own cache answers with the old keys while it fetches new ones, and keeps
/// whoever signs in right after a rotation out; here they wait for the new ones. Made-up names of keys cost the issuer one request in two
/// seconds at most. Thread-safe.
/// </summary>
internal sealed class OidcDiscovery : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string _issuer;
    private readonly HttpDocumentRetriever _http;
    private readonly TimeProvider _time;
    private volatile Fetched? _last;

    /// <summary>Nothing is known yet.</summary>
    public OidcDiscovery(string issuer, HttpClient http, TimeProvider time)
    {
        _issuer = issuer;
        _http = new HttpDocumentRetriever(http) { RequireHttps = issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase) };
        _time = time;
    }

    /// <summary>The document.</summary>
    /// <param name="wantsNewer">Whether a key is missing in the one that is known.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The issuer cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">What is there is not the issuer's document.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(bool wantsNewer, CancellationToken cancellation)
    {
        if (_last is { } known && !IsDue(known, wantsNewer))
            return known.Document;
        await _one.WaitAsync(cancellation);
        try
        {
            // Whoever waited has the result of the one before.
            if (_last is { } fetched && !IsDue(fetched, wantsNewer))
                return fetched.Document;
            var document = await OpenIdConnectConfigurationRetriever.GetAsync(
                _issuer.TrimEnd('/') + "/.well-known/openid-configuration", _http, cancellation);
            if (!string.Equals(document.Issuer, _issuer, StringComparison.Ordinal))
                throw new InvalidOperationException("the discovery document is another issuer's");
            _last = new Fetched(document, _time.GetTimestamp());
            return document;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private bool IsDue(Fetched fetched, bool wantsNewer) => _time.GetElapsedTime(fetched.At) >= (wantsNewer ? Pause : Life);

    private sealed record Fetched(OpenIdConnectConfiguration Document, long At);
}
