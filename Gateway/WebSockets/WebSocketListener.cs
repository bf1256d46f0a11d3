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
            var (request, length) = await ReadFirstAsync(socket, context.RequestAborted);
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
    private async Task<(byte[]? Buffer, int Length)> ReadFirstAsync(WebSocket socket, CancellationToken aborted)
    {
        var reading = ReadAsync(socket, aborted);
        try
        {
            var first = await reading.WaitAsync(FirstMessageTimeout, _clock.Time, aborted);
            if (first.Buffer is null)
                await WebSocketRefusal.SendAsync(socket, CloseReason.BadToken, "The first message is not a connect request.");
            return first;
        }
        catch (TimeoutException)
        {
            await WebSocketRefusal.SendAsync(socket, CloseReason.Timeout, "No connect request came in time.", reading);
            return (null, 0);
        }
    }

    private async Task PumpAsync(WebSocket socket, WebSocketConnection connection, CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.Ended, aborted);
        while (true)
        {
            var (buffer, length) = await ReadAsync(socket, ended.Token);
            if (buffer is null)
                return;
            if (!connection.TryEnter(MaxWaitingPerConnection))
            {
                ArrayPool<byte>.Shared.Return(buffer);
                _metrics.Drop("websocket_flood");
                return;
            }

            _inbox.Enqueue((connection, buffer, length));
            _loop.Wake();
        }
    }

    // Null when the other end closes, sends text or more than a message may have.
    private static async Task<(byte[]? Buffer, int Length)> ReadAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                length += result.Count;
                if (result.MessageType != WebSocketMessageType.Binary || length > LinkLimits.MaxInboundMessage)
                    break;
                if (!result.EndOfMessage)
                    continue;
                var message = buffer;
                buffer = null;
                return (message, length);
            }

            return (null, 0);
        }
        finally
        {
            if (buffer is not null)
                ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
