// How a WebSocket that gets no connection ends: with a reason, and with both ends' close frames.
using System.Buffers;
using System.Net.WebSockets;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.WebSockets;

/// <summary>Sends a Reject, closes, and gives the other end a moment to answer. Never throws for what the other end does.</summary>
internal static class WebSocketRefusal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Refuses.</summary>
    /// <param name="socket">An accepted WebSocket.</param>
    /// <param name="reason">Why.</param>
    /// <param name="text">Why in words.</param>
    /// <param name="reading">A read that is still pending, or null.</param>
    public static async Task SendAsync(WebSocket socket, CloseReason reason, string text, Task? reading = null)
    {
        var message = new ByteWriter(64);
        new ControlMessage { Kind = ControlKind.Reject, Code = reason, Reason = text }.Write(message);
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
                return;
            await socket.SendAsync(message.Written.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, timeout.Token).ConfigureAwait(false);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token).ConfigureAwait(false);
            if (reading is not null)
                await reading.WaitAsync(timeout.Token).ConfigureAwait(false);
            await DrainAsync(socket, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The other end is gone or does not answer: there is nobody left to be polite to.
        }
    }

    private static async Task DrainAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        try
        {
            while (socket.State == WebSocketState.CloseSent)
                await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
