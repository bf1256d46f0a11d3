// Who this gateway is.
using System.Security.Cryptography;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Edge;

/// <summary>The id of this start of this process.</summary>
public sealed class GatewayIdentity
{
    /// <summary>64 random bits, never 0.</summary>
    public GatewayId Id { get; } = Create();

    private static GatewayId Create()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return new GatewayId(BitConverter.ToUInt64(bytes) | 1);
    }
}
