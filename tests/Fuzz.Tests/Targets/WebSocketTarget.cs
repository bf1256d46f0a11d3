// Raw WebSocket frames.
using System.Buffers;
using System.Net.WebSockets;
using Aetheris.Gateway.WebSockets;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class WebSocketTarget : FuzzTarget
{
    public override string Name => "websocket";

    public override int Share => 30;

    public override IEnumerable<byte[]> Examples()
    {
        yield return [.. Frame(0x82, [0, 8, 1, 0, 0, 0, 0, 0, 0, 0]), .. Frame(0x88, [3, 0xE8])];
        yield return [.. Frame(0x02, [0, 8]), .. Frame(0x00, [1, 2, 3]), .. Frame(0x80, [4])];
        yield return [.. Frame(0x89, [1, 2]), .. Frame(0x82, new byte[200]), .. Frame(0x8A, [])];
        yield return [.. Frame(0x81, "hello"u8)];
    }

    public override void Try(Span<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        using var socket = WebSocket.CreateFromStream(new OneWayStream(stream), new WebSocketCreationOptions { IsServer = true });
        try
        {
            while (true)
            {
                // In memory everything completes at once.
                var (buffer, length, violation) = WebSocketMessages.ReadAsync(socket, CancellationToken.None).GetAwaiter().GetResult();
                if (buffer is null)
                    return;
                ArrayPool<byte>.Shared.Return(buffer);
                if (length > Protocol.Link.LinkLimits.MaxInboundMessage || violation is not null)
                    throw new InvalidDataException("a message was too long");
            }
        }
        catch (WebSocketException)
        {
            // The listener's own answer to a broken stream.
        }
    }

    private static byte[] Frame(byte head, ReadOnlySpan<byte> payload)
    {
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0xFE, (byte)(payload.Length >> 8), (byte)payload.Length];
        byte[] mask = [1, 2, 3, 4];
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length; i++)
            masked[i] ^= mask[i % 4];
        return [head, .. length, .. mask, .. masked];
    }

    /// <summary>Reads what there is and forgets what is written.</summary>
    private sealed class OneWayStream(Stream source) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => source.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(source.Read(buffer.Span));

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
