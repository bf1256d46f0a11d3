// Puts the silo's port into the ready line once the silo has started.
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Hosting;

namespace Aetheris.Hosting.Cluster;

internal sealed class SiloPortReport(ReadyLine ready, int port) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ready.Silo = port;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
