// Steady ticks take no memory.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Codec2;

public class Codec2AllocationTests
{
    private const int Warmup = 300;
    private const int Measured = 200;

    [Fact]
    public void Nothing_is_allocated_per_tick_and_client()
    {
        var scene = new Codec2Scene(seed: 2);
        scene.Join(100);
        var frames = new List<byte[]>();
        scene.FrameTaken = frame => frames.Add(frame);
        scene.Run(600 + Warmup + Measured);

        var broadcast = new RoomBroadcast(WorldDefinition.Standard, rules: Codec2Rules.Standard());
        var clients = new List<Silent>();
        Assert.True(RoomFrame.TryRead(new Fakes.TestRoom().Image(), out var image));
        Assert.True(broadcast.TryApply(image.Header, image.Changes));
        for (var i = 1; i <= 20; i++)
            clients.Add(new Silent(new PlayerId(0, (ulong)i), lag: i % 5));

        long allocated = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            Assert.True(RoomFrame.TryRead(frames[i], out var frame));
            Assert.True(broadcast.TryApply(frame.Header, frame.Changes));
            var before = GC.GetAllocatedBytesForCurrentThread();
            broadcast.Codec2.Step(broadcast.Epoch, broadcast.Tick, 60);
            foreach (var client in clients)
                client.Tick(broadcast.Codec2);
            if (i >= frames.Count - Measured)
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.True(clients[0].Bytes > 100_000);
    }

    /// <summary>Acknowledges everything some ticks later.</summary>
    private sealed class Silent : IConnection
    {
        private readonly Codec2Replicator _replicator;
        private readonly ushort[] _newest = new ushort[8];
        private readonly int _lag;
        private readonly InputReceiver _inputs = new();
        private readonly InputSlack _slack = new();
        private int _ticks;

        public Silent(PlayerId player, int lag)
        {
            _lag = lag;
            _replicator = new Codec2Replicator(this, player, new ConnectionEpoch(1), new Codec2Settings());
        }

        public long Bytes { get; private set; }

        public string Transport => "silent";

        public System.Net.EndPoint? Remote => null;

        public bool IsOpen => true;

        public long SilentMilliseconds => 0;

        public ConnectionStats Stats => default;

        public void Tick(Codec2Room room)
        {
            _replicator.Send(room, in _inputs, in _slack);
            if (++_ticks > _lag)
                _replicator.Acknowledge(_newest[(_ticks - _lag) % 8], ulong.MaxValue);
        }

        public bool Send(ReadOnlySpan<byte> message, bool reliable)
        {
            Bytes += message.Length;
            _newest[(_ticks + 1) % 8] = (ushort)(message[3] | (message[4] << 8));
            return true;
        }

        public void Close(ReadOnlySpan<byte> lastWords)
        {
        }
    }
}
