// Defaults of the edge that depend on the environment.
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway;

/// <summary>In Development hundreds of bots come from one address.</summary>
internal sealed class GatewayOptionsDefaults(IHostEnvironment environment) : IPostConfigureOptions<GatewayOptions>
{
    private const int ConnectionsPerAddress = 256;

    /// <inheritdoc />
    public void PostConfigure(string? name, GatewayOptions options) =>
        options.MaxConnectionsPerAddress ??= environment.IsDevelopment() ? 0 : ConnectionsPerAddress;
}
