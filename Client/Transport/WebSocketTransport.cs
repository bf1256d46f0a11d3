// The same link messages over a WebSocket: one binary message each, the connect request first.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Aetheris.Client.Impairment;
using Aetheris.Client.Time;

namespace Aetheris.Client.Transport;

/// <summary>
/// Polled like the UDP transport; the socket's own completions only move bytes between queues.
/// Wire bytes are payload plus WebSocket heads: TCP and IP heads cannot be seen from here. Impairment delays and never drops: TCP would resend.
/// </summary>
public sealed class WebSocketTransport : ITransport
{
    private const int MaxMessage = 1 << 20;
    private const int MaxQueued = 16_384;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<PooledMessage> _received = new();
    private readonly Queue<PooledMessage> _sending = new();
    private readonly ImpairedDirection? _down;
    private readonly ImpairedDirection? _up;
    private readonly IClientClock _clock;
    private readonly byte[] _delivery = new byte[MaxMessage];
    private TransportCounters _counters;
    private Task? _open;
    private Task? _send;
    private byte[] _sendBuffer = Array.Empty<byte>();
    private volatile string? _failure;
    private bool _connected;
    private bool _closed;

    /// <summary>Creates a transport.</summary>
    public WebSocketTransport(IClientClock clock, ImpairmentOptions? impairment)
    {
        _clock = clock;
        if (impairment is null)
            return;
        _down = new ImpairedDirection(impairment with { Loss = 0, Seed = impairment.Seed * 2 }, keepOrder: true, MaxMessage);
        _up = new ImpairedDirection(impairment with { Loss = 0, Seed = impairment.Seed * 2 + 1 }, keepOrder: true, MaxMessage);
    }

    /// <inheritdoc />
    public TransportCounters Counters => _counters;

    /// <inheritdoc />
    public long RoundTripMicros => 0;

    /// <inheritdoc />
    public void Connect(GatewayEndpoint endpoint, ReadOnlySpan<byte> connectRequest)
    {
        if (!Uri.TryCreate(endpoint.WebSocket, UriKind.Absolute, out var uri) || (uri.Scheme != "ws" && uri.Scheme != "wss"))
        {
            _failure = "the gateway has no WebSocket address";
            return;
        }

        _open = OpenAsync(uri, connectRequest.ToArray());
    }

    /// <inheritdoc />
    public void Poll(ITransportSink sink)
    {
        if (_closed)
            return;
        if (!_connected && _open is { IsCompleted: true } && _failure is null)
        {
            _connected = true;
            sink.OnConnected();
        }

        Deliver(sink);
        Flush();
        if (_failure is { } failure && _received.IsEmpty && !_closed)
        {
            _closed = true;
            sink.OnClosed(failure, default);
        }
    }

    /// <inheritdoc />
    public void Send(ReadOnlySpan<byte> message, bool reliable)
    {
        if (!_connected || _closed)
            return;
        if (_sending.Count >= MaxQueued)
        {
            // A peer that takes nothing for this long is gone; dropping reliable messages silently would be worse.
            _failure ??= "the server does not take what is sent";
            return;
        }

        _counters.PayloadUp += message.Length;
        _counters.WireUp += message.Length + Head(message.Length) + 4;
        if (_up is not null)
            _up.Offer(message, _clock.NowMicros);
        else
            _sending.Enqueue(PooledMessage.Copy(message));
    }

    /// <inheritdoc />
    public void Flush()
    {
        if (_up is not null)
        {
            while (_up.TryTake(_clock.NowMicros, _delivery, out var length))
                _sending.Enqueue(PooledMessage.Copy(_delivery.AsSpan(0, length)));
        }

        while (_connected && !_closed && (_send is null || _send.IsCompleted) && _sending.Count > 0)
        {
            var packet = _sending.Dequeue();
            if (_sendBuffer.Length < packet.Length)
                _sendBuffer = new byte[Math.Max(2048, packet.Length)];
            packet.Span.CopyTo(_sendBuffer);
            _send = SendAsync(packet.Length);
            packet.Return();
        }
    }

    /// <inheritdoc />
    public void Close()
    {
        if (_closed)
            return;
        _closed = true;
        _stop.CancelAfter(500);
        _ = CloseSocketAsync();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        while (_received.TryDequeue(out var packet))
            packet.Return();
    }

    private static bool IsEndOfSocket(Exception e) =>
        e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private static int Head(int length) => length < 126 ? 2 : length < 65536 ? 4 : 10;

    private void Deliver(ITransportSink sink)
    {
        while (!_closed && _received.TryDequeue(out var packet))
        {
            if (_down is not null)
                _down.Offer(packet.Span, _clock.NowMicros);
            else
                Hand(sink, packet.Span);
            packet.Return();
        }

        while (!_closed && _down is not null && _down.TryTake(_clock.NowMicros, _delivery, out var length))
            Hand(sink, _delivery.AsSpan(0, length));
    }

    private void Hand(ITransportSink sink, ReadOnlySpan<byte> message)
    {
        _counters.PayloadDown += message.Length;
        _counters.WireDown += message.Length + Head(message.Length);
        _counters.MessagesDown++;
        sink.OnMessage(message, reliable: true);
    }

    private async Task OpenAsync(Uri uri, byte[] connectRequest)
    {
        try
        {
            await _socket.ConnectAsync(uri, _stop.Token).ConfigureAwait(false);
            await _socket.SendAsync(new ArraySegment<byte>(connectRequest), WebSocketMessageType.Binary, true, _stop.Token).ConfigureAwait(false);
            _ = ReceiveAsync();
        }
        catch (Exception e) when (IsEndOfSocket(e))
        {
            _failure = "WebSocket: " + e.Message;
        }
    }

    private async Task SendAsync(int length)
    {
        try
        {
            await _socket.SendAsync(new ArraySegment<byte>(_sendBuffer, 0, length), WebSocketMessageType.Binary, true, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEndOfSocket(e))
        {
            _failure ??= "WebSocket: " + e.Message;
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(MaxMessage, buffer.Length * 2));
                var result = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), _stop.Token).ConfigureAwait(false);
                if (result.MessageType == WebSocketMessageType.Close)
                    break;
                length += result.Count;
                if (length >= MaxMessage || _received.Count >= MaxQueued)
                {
                    _failure = "WebSocket: the gateway sent more than fits";
                    return;
                }

                if (!result.EndOfMessage)
                    continue;
                _received.Enqueue(PooledMessage.Copy(buffer.AsSpan(0, length)));
                length = 0;
            }

            _failure ??= "the gateway closed the connection";
        }
        catch (Exception e) when (IsEndOfSocket(e))
        {
            _failure ??= "WebSocket: " + e.Message;
        }
    }

    private async Task CloseSocketAsync()
    {
        try
        {
            if (_send is not null)
                await _send.ConfigureAwait(false);
            if (_socket.State == WebSocketState.Open)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, string.Empty, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsEndOfSocket(e))
        {
            _failure ??= e.Message;
        }
        finally
        {
            _socket.Dispose();
            _stop.Dispose();
        }
    }
}
