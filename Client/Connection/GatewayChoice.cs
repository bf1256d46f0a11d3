// Which of the listed gateways to take: the nearest that has not just failed.
using System.Collections.Generic;
using Aetheris.Client.Transport;

namespace Aetheris.Client.Connection;

/// <summary>
/// A match answers with a list, nearest first, that may still name a gateway which died a moment ago. Whatever failed is avoided for ten
/// seconds while there is another; a gateway that the server asked for comes first, once.
/// </summary>
internal sealed class GatewayChoice
{
    private const long AvoidMicros = 10_000_000;
    private const int MaxFailed = 32;

    private readonly Dictionary<GatewayEndpoint, long> _failedAt = new();
    private string _wantedHost = string.Empty;
    private int _wantedPort;

    /// <summary>The gateway taken last; null before the first.</summary>
    public GatewayEndpoint? Current { get; private set; }

    /// <summary>Takes a gateway of a list with at least one.</summary>
    public GatewayEndpoint Take(IReadOnlyList<GatewayEndpoint> gateways, long now)
    {
        var best = 0;
        for (var i = 1; i < gateways.Count; i++)
        {
            if (Rank(gateways[i], now) < Rank(gateways[best], now))
                best = i;
        }

        _wantedPort = 0;
        Current = gateways[best];
        return Current;
    }

    /// <summary>The gateway taken last does not serve: another one comes first for a while.</summary>
    public void Avoid(long now)
    {
        if (Current is null)
            return;
        if (_failedAt.Count >= MaxFailed)
            _failedAt.Clear();
        _failedAt[Current] = now;
    }

    /// <summary>The gateway taken last serves well.</summary>
    public void Trust()
    {
        if (Current is not null)
            _failedAt.Remove(Current);
    }

    /// <summary>The server names the gateway to take next, by its UDP address as the server sees it.</summary>
    public void Want(string host, int port)
    {
        _wantedHost = host;
        _wantedPort = port;
    }

    // Lists keep their order among equals. A server that does not know the host by which it is reached calls it localhost.
    private long Rank(GatewayEndpoint gateway, long now)
    {
        if (_wantedPort != 0 && gateway.UdpPort == _wantedPort && (_wantedHost == gateway.UdpHost || _wantedHost == "localhost"))
            return -1;
        return _failedAt.TryGetValue(gateway, out var at) && now - at < AvoidMicros ? at + 1 : 0;
    }
}
