// Keeps LiteNetLib from writing malformed packets to the console.
using LiteNetLib;

namespace Aetheris.Gateway.Udp;

/// <summary>Counts what LiteNetLib would print, but for what the gate gave it to forget.</summary>
public sealed class SilentNetLogger(GatewayMetrics metrics, PacketGate gate) : INetLogger
{
    /// <inheritdoc />
    public void WriteNet(NetLogLevel level, string str, params object[] args)
    {
        if (level is NetLogLevel.Error or NetLogLevel.Warning && !gate.HasDropped)
            metrics.Drop("transport_complaint");
    }
}
