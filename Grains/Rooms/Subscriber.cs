// One gateway in a room's set of subscribers.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>A subscription and its last sign of life; guarded by the lock of its set.</summary>
internal sealed class Subscriber(GatewayId gateway, IRoomObserver? observer, byte[] reference, long lastSign)
{
    public GatewayId Gateway { get; } = gateway;

    public IRoomObserver? Observer { get; } = observer;

    public long LastSign { get; set; } = lastSign;

    public bool Receives { get; set; }

    public uint AckEpoch { get; set; }

    public ulong AckSeq { get; set; }

    public SubscriberState ToState() => new(Gateway, Observer, reference, Receives, AckEpoch, AckSeq);
}
