// Keeps LiteNetLib from writing malformed packets to the console.
using LiteNetLib;

namespace Aetheris.Gateway.Udp;

/// <summary>Counts what LiteNetLib would print.</summary>
public sealed class SilentNetLogger(GatewayMetrics metrics) : INetLogger
{
    /// <inheritdoc />
    public void WriteNet(NetLogLevel level, string str, params object[] args)
    {
        if (level is NetLogLevel.Error or NetLogLevel.Warning)
            metrics.Drop("transport_complaint");
    }
}
