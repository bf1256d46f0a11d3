// A gateway's subscription, as it is carried and stored.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Rooms;

/// <summary>One subscription.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Observer">Where its frames go; null when only its name is known.</param>
/// <param name="Reference">The observer in bytes (<see cref="IObserverReferences"/>); empty when there is none.</param>
/// <param name="Receives">Whether it gets frames.</param>
/// <param name="AckEpoch">Epoch of the newest frame that it has acknowledged.</param>
/// <param name="AckSeq">Seq of that frame.</param>
public readonly record struct SubscriberState(
    GatewayId Gateway, IRoomObserver? Observer, byte[] Reference, bool Receives, uint AckEpoch, ulong AckSeq);
