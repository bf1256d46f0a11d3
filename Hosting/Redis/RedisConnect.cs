// Makes the host wait for Redis before anything that needs it starts.
using Microsoft.Extensions.Hosting;

namespace Aetheris.Hosting.Redis;

/// <summary>Registered before Orleans, whose own errors about a missing store do not name a key.</summary>
internal sealed class RedisConnect(RedisStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.ConnectAsync().WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
