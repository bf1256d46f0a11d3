// Waits for the cluster's signing key before the gateway counts as started.
using Aetheris.Auth;
using Aetheris.Auth.Keys;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Hosting;

namespace Aetheris.Gateway.Keys;

/// <summary>Does nothing where the key is configured.</summary>
internal sealed class SigningKeyService(SigningKeys keys, SigningKeyStore store) : IHostedService
{
    /// <inheritdoc />
    /// <exception cref="StartupException">The record is sealed with another secret.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!keys.IsReady && !await store.LoadAsync().WaitAsync(cancellationToken))
        {
            throw new StartupException(
                $"{AuthOptions.Section}:{nameof(AuthOptions.ClusterSecret)} does not open the signing key that this cluster keeps in Redis: all gateways need the same");
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
