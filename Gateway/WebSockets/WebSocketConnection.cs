// A WebSocket as a connection.
using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using Aetheris.Gateway.Connections;

namespace Aetheris.Gateway.WebSockets;

/// <summary>One WebSocket: the edge thread adds to its queue, a task writes it out.</summary>
public sealed class WebSocketConnection : IConnection, IDisposable
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly OutboundQueue _outbound = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _ended = new();
    private long _lastReceived;
    private long _messages;
    private long _bytes;
    private long _dropped;
    private int _waiting;
    private volatile bool _closing;

    /// <summary>A connection over an accepted WebSocket.</summary>
    public WebSocketConnection(WebSocket socket, EndPoint? remote, TimeProvider time, GatewayMetrics metrics)
    {
        _socket = socket;
        Remote = remote;
        _time = time;
        _metrics = metrics;
        _lastReceived = time.GetTimestamp();
        Ended = _ended.Token;
    }

    /// <inheritdoc />
    public string Transport => "websocket";

    /// <inheritdoc />
    public EndPoint? Remote { get; }

    /// <inheritdoc />
    public bool IsOpen => !_closing && !_ended.IsCancellationRequested;

    /// <inheritdoc />
    public long SilentMilliseconds => (long)_time.GetElapsedTime(Volatile.Read(ref _lastReceived)).TotalMilliseconds;

    /// <inheritdoc />
    public ConnectionStats Stats => new(_messages, _bytes, _dropped);

    /// <summary>Cancelled when the connection is over.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The state machine; set on the edge thread.</summary>
    public ConnectionStateMachine? Machine { get; set; }

    /// <summary>Notes an inbound message on its way to the edge thread; false when too many are.</summary>
    public bool TryEnter(int most)
    {
        Volatile.Write(ref _lastReceived, _time.GetTimestamp());
        return Interlocked.Increment(ref _waiting) <= most;
    }

    /// <summary>An inbound message has reached the edge thread.</summary>
    public void Leave() => Interlocked.Decrement(ref _waiting);

    /// <inheritdoc />
    public bool Send(ReadOnlySpan<byte> message, bool reliable)
    {
        if (!IsOpen)
        {
            _metrics.CountOutboundError(reliable);
            return false;
        }

        var taken = _outbound.TryAdd(message, reliable, out var droppedOldest);
        if (droppedOldest)
        {
            _dropped++;
            _metrics.Drop("websocket_backlog");
            _metrics.CountOutboundError(reliable);
        }

        if (!taken)
        {
            _dropped++;
            _metrics.Drop("reliable_backlog");
            _metrics.CountOutboundError(reliable);
            Abort();
            return false;
        }

        _messages++;
        _bytes += message.Length;
        _metrics.CountOutbound();
        _signal.Writer.TryWrite(true);
        return true;
    }

    /// <inheritdoc />
    public void Close(ReadOnlySpan<byte> lastWords)
    {
        _closing = true;
        _signal.Writer.TryComplete();
    }

    /// <summary>Ends at once.</summary>
    public void Abort()
    {
        _closing = true;
        _signal.Writer.TryComplete();
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request has ended meanwhile: there is nothing left to abort.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _ended.Dispose();

    /// <summary>Writes until the connection is over.</summary>
    public async Task WriteAsync()
    {
        try
        {
            while (await _signal.Reader.WaitToReadAsync(Ended).ConfigureAwait(false))
            {
                _signal.Reader.TryRead(out _);
                await DrainAsync().ConfigureAwait(false);
            }

            await DrainAsync().ConfigureAwait(false);
            using var timeout = new CancellationTokenSource(CloseTimeout);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token).ConfigureAwait(false);

            // The other end has a moment to close, too; who reads ends with it.
            _ended.CancelAfter(CloseTimeout);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException)
        {
            // The other end is gone or too slow: there is nobody to tell.
            await _ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task DrainAsync()
    {
        while (_outbound.TryTake(out var message))
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Ended);
            timeout.CancelAfter(SendTimeout);
            try
            {
                await _socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, timeout.Token).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(message.Array!);
            }
        }
    }
}
