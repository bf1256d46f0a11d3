// How many TCP connections the HTTP port holds open, in total and for one address.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Hosting.Startup;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.Http;

/// <summary>
/// A connection that sends nothing costs a file descriptor all the same, and who holds all of them keeps everybody else out. The bounds
/// leave room beside a WebSocket each for the calls of <c>MaxConnections</c> players, and for several per player at one address.
/// Trusted proxies, which speak for many, are bound by the total alone.
/// </summary>
public sealed class HttpConnectionGate : IConnectionGate
{
    private const int BesidePlayers = 1024;
    private const int PerPlayer = 4;

    private readonly Lock _lock = new();
    private readonly AddressCounts _addresses;
    private readonly IReadOnlyList<IPNetwork> _proxies;
    private readonly int _most;
    private int _count;

    /// <summary>Created by the gateway.</summary>
    public HttpConnectionGate(IOptions<GatewayOptions> options)
    {
        _most = options.Value.MaxConnections + BesidePlayers;
        _addresses = new AddressCounts((options.Value.MaxConnectionsPerAddress ?? 0) * PerPlayer);
        _proxies = options.Value.ReadTrustedProxies();
    }

    /// <inheritdoc />
    public bool TryEnter(EndPoint? remote)
    {
        lock (_lock)
        {
            if (_count >= _most)
                return false;
            if (!IsProxy(remote) && !_addresses.TryEnter(remote))
            {
                _addresses.Leave(remote);
                return false;
            }

            _count++;
            return true;
        }
    }

    /// <inheritdoc />
    public void Leave(EndPoint? remote)
    {
        lock (_lock)
        {
            _count--;
            if (!IsProxy(remote))
                _addresses.Leave(remote);
        }
    }

    private bool IsProxy(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: { } address })
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        foreach (var network in _proxies)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}
