// A room played back to some clients.
using Aetheris.Gateway.Replication;
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Frames;
using Aetheris.World;

namespace Aetheris.Gateway.Benchmarks;

/// <summary>The gateway's half of codec 2 without transport.</summary>
public sealed class Playback
{
    private readonly Recording _recording;
    private int _next;

    /// <summary>Begins with the recording's image.</summary>
    /// <param name="recording">The room.</param>
    /// <param name="clients">Clients, each flying a ship as long as there are ships.</param>
    /// <param name="lags">Ticks from a datagram to its acknowledgement, in turn.</param>
    /// <param name="settings">Rates and reach.</param>
    public Playback(Recording recording, int clients, IReadOnlyList<int> lags, Codec2Settings settings)
    {
        _recording = recording;
        Rules = Codec2Rules.Standard();
        Broadcast = new RoomBroadcast(WorldDefinition.Standard, rules: Rules);
        Apply(recording.Image);
        for (var i = 0; i < clients; i++)
            Clients.Add(new EchoClient(Recording.Player(i), lags[i % lags.Count], settings));
    }

    /// <summary>Counters.</summary>
    public Codec2Rules Rules { get; }

    /// <summary>The room.</summary>
    public RoomBroadcast Broadcast { get; }

    /// <summary>The clients.</summary>
    public List<EchoClient> Clients { get; } = [];

    /// <summary>Takes the next frame into the replica; not part of what is measured.</summary>
    public void Advance() => Apply(_recording.Frames[_next++]);

    /// <summary>What the gateway does with a frame for codec 2.</summary>
    public void Tick()
    {
        Broadcast.Codec2.Step(Broadcast.Epoch, Broadcast.Tick, 60);
        foreach (var client in Clients)
            client.Tick(Broadcast.Codec2);
    }

    /// <summary>Both, some times.</summary>
    public void Run(int ticks)
    {
        for (var i = 0; i < ticks; i++)
        {
            Advance();
            Tick();
        }
    }

    private void Apply(byte[] bytes)
    {
        if (!RoomFrame.TryRead(bytes, out var frame) || !Broadcast.TryApply(frame.Header, frame.Changes))
            throw new InvalidOperationException("the recording does not fit");
    }
}
