// All configured providers.
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.SignIn.Oidc;

/// <summary>Providers by name, and the one connection pool to them.</summary>
public sealed class OidcProviders : IDisposable
{
    private const int MaxDocument = 1 << 20;

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxDocument,
    };

    private readonly Dictionary<string, OidcProvider> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>From the configuration.</summary>
    public OidcProviders(IOptions<OidcOptions> options, TimeProvider time)
    {
        foreach (var (name, provider) in options.Value)
            _byName.Add(name, new OidcProvider(name.ToLowerInvariant(), provider, _http, time));
    }

    /// <summary>All.</summary>
    public IReadOnlyCollection<OidcProvider> All => _byName.Values;

    /// <summary>One; without a name the only one.</summary>
    public bool TryGet(string? name, [NotNullWhen(true)] out OidcProvider? provider)
    {
        provider = name is null && _byName.Count == 1 ? All.First() : null;
        return provider is not null || (name is not null && _byName.TryGetValue(name, out provider));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var provider in All)
            provider.Dispose();
        _http.Dispose();
    }
}
