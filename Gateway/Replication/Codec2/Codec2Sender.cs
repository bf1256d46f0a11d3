// Everything that one codec-2 connection gets of a frame.
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>State datagrams, which say how far the inputs are, and the reliable events. Clock and InputAck are not sent: every tick has a state datagram.</summary>
internal sealed class Codec2Sender
{
    private readonly EventSender _events;

    /// <summary>A sender whose client holds nothing.</summary>
    public Codec2Sender(
        IConnection connection, PlayerId player, ConnectionEpoch epoch, bool codec1Events, Codec2Settings settings, GatewayMetrics metrics)
    {
        Replicator = new Codec2Replicator(connection, player, epoch, settings);
        _events = new EventSender(connection, player, epoch, codec1Events, metrics);
    }

    /// <summary>The state.</summary>
    public Codec2Replicator Replicator { get; }

    /// <summary>Sends a frame.</summary>
    public void Send(RoomBroadcast broadcast, in InputReceiver inputs, in InputSlack slack)
    {
        _events.Send(broadcast.Events);
        Replicator.Send(broadcast.Codec2, in inputs, in slack);
    }
}
