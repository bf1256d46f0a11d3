// What waits for a slow client is bounded.
using System.Buffers;
using System.Net.WebSockets;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Gateway.WebSockets;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public class OutboundQueueTests
{
    [Fact]
    public void Of_unreliable_messages_the_oldest_makes_room_for_the_newest()
    {
        var queue = new OutboundQueue();
        var dropped = 0;
        for (var i = 0; i < 300; i++)
        {
            Assert.True(queue.TryAdd([(byte)(i % 256), (byte)(i / 256)], reliable: false, out var droppedOldest));
            dropped += droppedOldest ? 1 : 0;
        }

        Assert.Equal(300 - 128, dropped);
        Assert.True(queue.TryTake(out var first));
        Assert.Equal(300 - 128, first[0] + (256 * first[1]));
        ArrayPool<byte>.Shared.Return(first.Array!);
    }

    [Fact]
    public void Reliable_messages_go_first_and_are_never_dropped_but_refused_when_there_are_too_many()
    {
        var queue = new OutboundQueue();
        queue.TryAdd([1], reliable: false, out _);
        queue.TryAdd([2], reliable: true, out _);
        Assert.True(queue.TryTake(out var first));
        Assert.Equal(2, first[0]);
        var taken = 0;
        while (queue.TryAdd(new byte[1024], reliable: true, out var droppedOldest))
        {
            Assert.False(droppedOldest);
            taken++;
        }

        Assert.Equal(8 * 1024, taken);
    }

    [Fact]
    public void A_client_that_takes_no_reliable_messages_is_disconnected_and_never_blocks_the_sender()
    {
        var gateway = new TestGateway();
        using var socket = WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions { IsServer = true });
        using var connection = new WebSocketConnection(socket, null, gateway.Time, gateway.Metrics);
        for (var i = 0; i < 500; i++)
            Assert.True(connection.Send([(byte)LinkKind.Codec1, 1], reliable: false));
        Assert.Equal(500 - 128, gateway.Metrics.OutboundErrors["unreliable"]);
        var sent = 0;
        while (connection.Send(new byte[4096], reliable: true))
            sent++;
        Assert.InRange(sent, 2000, 2048);
        Assert.False(connection.IsOpen);
        Assert.True(connection.Ended.IsCancellationRequested);
        Assert.Equal(1, gateway.Metrics.OutboundErrors["reliable"]);
        Assert.False(connection.Send([1], reliable: true));
        Assert.Equal(2, gateway.Metrics.OutboundErrors["reliable"]);
    }
}
