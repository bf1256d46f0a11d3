// The WebSocket door: one link message per binary message.
using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Protocol.Link;
using Microsoft.AspNetCore.Http;

namespace Aetheris.Gateway.WebSockets;

/// <summary>Accepts at <c>/ws</c>; the first message is the connect request. Reading tasks only enqueue, the edge thread handles.</summary>
public sealed class WebSocketListener : IEdgeStep
{
    private const int MaxWaitingPerConnection = 256;

    // Beyond its places a gateway says in so many WebSockets at once that it is full; others get the HTTP answer.
    private const int MaxRefusals = 64;
    private static readonly TimeSpan FirstMessageTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(6);

    private readonly ConcurrentQueue<(WebSocketConnection Connection, byte[]? Buffer, int Length)> _inbox = new();
    private readonly ConnectionSet _connections;
    private readonly EdgeLoop _loop;
    private readonly EdgeClock _clock;
    private readonly GatewayMetrics _metrics;
    private int _open;

    /// <summary>A listener; the endpoint is mapped elsewhere.</summary>
    public WebSocketListener(ConnectionSet connections, EdgeLoop loop, EdgeClock clock, GatewayMetrics metrics)
    {
        _connections = connections;
        _loop = loop;
        _clock = clock;
        _metrics = metrics;
    }

    /// <summary>Serves one request until its connection is over.</summary>
    public async Task HandleAsync(HttpContext context, int maxConnections)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await TypedResults.Problem("/ws takes WebSocket connections only.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        var isFull = !_connections.HasPlace || Volatile.Read(ref _open) >= maxConnections;
        if (isFull)
            _metrics.Drop("full");
        if (Volatile.Read(ref _open) >= maxConnections + MaxRefusals)
        {
            await TypedResults.Problem("This gateway is full or stopping; try another.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
            return;
        }

        Interlocked.Increment(ref _open);
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
            {
                KeepAliveInterval = KeepAlive,
                KeepAliveTimeout = KeepAliveTimeout,
            });
            if (isFull)
                await WebSocketRefusal.SendAsync(socket, CloseReason.Full, "This gateway is full or stopping; try another.");
            else
                await ServeAsync(socket, context);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <inheritdoc />
    public void Step(long now)
    {
        while (_inbox.TryDequeue(out var item))
        {
            if (item.Buffer is null)
            {
                item.Connection.Machine?.Lost();
                continue;
            }

            item.Connection.Leave();
            if (item.Connection.Machine is { } machine)
                _connections.Receive(machine, item.Buffer.AsSpan(0, item.Length), reliable: true);
            ArrayPool<byte>.Shared.Return(item.Buffer);
        }
    }

    private async Task ServeAsync(WebSocket socket, HttpContext context)
    {
        var remote = context.Connection.RemoteIpAddress is { } address ? new System.Net.IPEndPoint(address, context.Connection.RemotePort) : null;
        using var connection = new WebSocketConnection(socket, remote, _clock.Time, _metrics);
        var writing = Task.CompletedTask;
        try
        {
            var (request, length, _) = await ReadFirstAsync(socket, context.RequestAborted);
            if (request is null)
            {
                _metrics.Drop("websocket_first_message");
                return;
            }

            var data = request.AsSpan(0, length).ToArray();
            ArrayPool<byte>.Shared.Return(request);
            writing = connection.WriteAsync();
            await _loop.InvokeAsync(() => connection.Machine = _connections.Open(connection, data)).WaitAsync(context.RequestAborted);
            await PumpAsync(socket, connection, context.RequestAborted);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or InvalidOperationException or IOException)
        {
            _metrics.TransportEvents.Add("stream_reset");
        }
        finally
        {
            // Who closes first gets the same from this end; with anybody else it is over.
            if (socket.State == WebSocketState.CloseReceived)
                connection.Close([]);
            else
                connection.Abort();
            _inbox.Enqueue((connection, null, 0));
            _loop.Wake();
            await writing;
        }
    }

    // Null when there is no message to go on with; the client has been told why. A read is not cancelled, which would abort the socket.
    private async Task<(byte[]? Buffer, int Length, string? Violation)> ReadFirstAsync(WebSocket socket, CancellationToken aborted)
    {
        var reading = WebSocketMessages.ReadAsync(socket, aborted);
        try
        {
            var first = await reading.WaitAsync(FirstMessageTimeout, _clock.Time, aborted);
            if (first.Buffer is null)
                await WebSocketRefusal.SendAsync(socket, CloseReason.BadToken, first.Violation ?? "The first message is not a connect request.");
            return first;
        }
        catch (TimeoutException)
        {
            await WebSocketRefusal.SendAsync(socket, CloseReason.Timeout, "No connect request came in time.", reading);
            return (null, 0, null);
        }
    }

    private async Task PumpAsync(WebSocket socket, WebSocketConnection connection, CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.Ended, aborted);
        while (true)
        {
            var (buffer, length, violation) = await WebSocketMessages.ReadAsync(socket, ended.Token);
            if (violation is null && buffer is not null && !connection.TryEnter(MaxWaitingPerConnection))
            {
                ArrayPool<byte>.Shared.Return(buffer);
                _metrics.Drop("websocket_flood");
                violation = "Too many messages wait to be read.";
            }

            if (violation is not null)
            {
                await EndAsync(socket, connection, violation, ended.Token);
                return;
            }

            if (buffer is null)
                return;
            _inbox.Enqueue((connection, buffer, length));
            _loop.Wake();
        }
    }

    // The state machine says Close and the writer closes once that has left; what comes until then is thrown away, within the bound of
    // the closing stage, so that the other end sees the reason and not a reset.
    private async Task EndAsync(WebSocket socket, WebSocketConnection connection, string violation, CancellationToken ended)
    {
        _metrics.Drop("websocket_violation");
        await _loop.InvokeAsync(() =>
        {
            connection.Machine?.Close(CloseReason.Violation, violation);
            return true;
        }).WaitAsync(ended);
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
                await socket.ReceiveAsync(buffer.AsMemory(), ended);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
