// Puts the edge into an executable.
using Microsoft.AspNetCore.Builder;

namespace Aetheris.Gateway;

/// <summary>Registration of the gateway's part, for Gateway and Standalone.</summary>
public static class GatewayHostExtensions
{
    /// <summary>Adds the edge; who hosts it adds a silo or a cluster client before.</summary>
    public static void AddAetherisGateway(this WebApplicationBuilder builder) =>
        builder.Services.AddAetherisGateway(builder.Configuration);
}
