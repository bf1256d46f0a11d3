// Starts and stops the edge with its host.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Http;
using Aetheris.Gateway.Rooms;
using Aetheris.Gateway.Udp;
using Aetheris.Gateway.WebSockets;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Hosting.Startup;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.Edge;

/// <summary>Binds UDP, runs the loop, reports to the directory every 2 s, which may ask for a drain; a stop says goodbye first.</summary>
public sealed class EdgeService : BackgroundService
{
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(2);

    private readonly EdgeLoop _loop;
    private readonly UdpListener _udp;
    private readonly ConnectionSet _connections;
    private readonly RoomLinks _rooms;
    private readonly PublicAddresses _addresses;
    private readonly GatewayId _gateway;
    private readonly GatewayOptions _options;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ReadyLine _ready;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger _logger;

    /// <summary>Puts the round together.</summary>
    public EdgeService(
        EdgeLoop loop,
        UdpListener udp,
        WebSocketListener webSockets,
        ConnectionSet connections,
        RoomLinks rooms,
        PublicAddresses addresses,
        GatewayIdentity gateway,
        IOptions<GatewayOptions> options,
        IGrainFactory grains,
        TimeProvider time,
        ReadyLine ready,
        IHostApplicationLifetime lifetime,
        ILogger<EdgeService> logger)
    {
        _loop = loop;
        _udp = udp;
        _connections = connections;
        _rooms = rooms;
        _addresses = addresses;
        _gateway = gateway.Id;
        _options = options.Value;
        _grains = grains;
        _time = time;
        _ready = ready;
        _lifetime = lifetime;
        _logger = logger;
        loop.Add(udp);
        loop.Add(webSockets);
        loop.Add(rooms);
        loop.Add(connections);
        loop.Add(new EdgeFlush(rooms, udp));
    }

    /// <inheritdoc />
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _udp.Bind(_options.UdpPort);
        _ready.Udp = _udp.Port;
        _loop.Start();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await CallAsync(async directory =>
        {
            await directory.RemoveAsync(_gateway);
            return true;
        });
        _loop.TryPost(() => _connections.CloseAll(CloseReason.GoingAway));
        var started = _time.GetTimestamp();
        while (_connections.Count > 0 && _time.GetElapsedTime(started) < GoodbyeTime)
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, CancellationToken.None);
        await CloseRoomsAsync();
        _loop.Stop();
        _udp.Dispose();
    }

    /// <summary>Bounded: an edge thread that never started, or that hangs, must not keep the process alive.</summary>
    private async Task CloseRoomsAsync()
    {
        try
        {
            await _loop.InvokeAsync(() =>
            {
                _rooms.Flush(long.MaxValue);
                _rooms.CloseAll();
                return true;
            }).WaitAsync(GoodbyeTime, _time);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException)
        {
            EdgeLog.Unresponsive(_logger);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ReportPeriod, _time);
        try
        {
            do
            {
                if (_lifetime.ApplicationStarted.IsCancellationRequested
                    && await CallAsync(directory => directory.ReportAsync(Listing()))
                    && !_connections.IsDraining)
                {
                    EdgeLog.DrainAsked(_logger);
                    _lifetime.StopApplication();
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private GatewayListing Listing() =>
        _addresses.Listing(_connections.Count, _connections.IsDraining) with { StateBytes = _rooms.Codec2.Metrics.TotalBytes };

    private async Task<bool> CallAsync(Func<IGatewayDirectoryGrain, Task<bool>> call)
    {
        try
        {
            return await call(_grains.GetGrain<IGatewayDirectoryGrain>(0)).WaitAsync(CallTime, _time);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            EdgeLog.DirectoryCallFailed(_logger, exception.Message);
            return false;
        }
    }
}
