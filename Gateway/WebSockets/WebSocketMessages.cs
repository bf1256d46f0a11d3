// Reads whole messages from a WebSocket, within bounds.
using System.Buffers;
using System.Net.WebSockets;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.WebSockets;

/// <summary>One message is at most 16 KiB of binary data, and may not trickle in as frames of nothing.</summary>
internal static class WebSocketMessages
{
    private const int MaxPieces = 256;
    private const string TooLarge = "A message was larger than 16 KiB.";
    private const string TooManyPieces = "A message came in too many pieces.";

    /// <summary>Reads the next message into a buffer of the shared pool.</summary>
    /// <returns>No buffer when the other end closes, or sends text or more than a message may have: then the violation says which.</returns>
    public static async Task<(byte[]? Buffer, int Length, string? Violation)> ReadAsync(WebSocket socket, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1024);
        var length = 0;
        try
        {
            for (var pieces = 0; ; pieces++)
            {
                if (pieces >= MaxPieces)
                    return (null, 0, TooManyPieces);
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                length += result.Count;
                if (result.MessageType == WebSocketMessageType.Close)
                    return (null, 0, null);
                if (result.MessageType == WebSocketMessageType.Text)
                    return (null, 0, "A message was text; messages are binary.");
                if (length > LinkLimits.MaxInboundMessage)
                    return (null, 0, TooLarge);
                if (!result.EndOfMessage)
                    continue;
                var message = buffer;
                buffer = null;
                return (message, length, null);
            }
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
