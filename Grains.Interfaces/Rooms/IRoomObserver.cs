// What a gateway gives to a room to be called back.
using Orleans.Concurrency;

namespace Aetheris.Grains.Interfaces.Rooms;

/// <summary>Receives one frame per tick. Frames may arrive out of order, twice or not at all: (epoch, seq) in the frame decides.</summary>
[Alias("aetheris.room.observer")]
public interface IRoomObserver : IGrainObserver
{
    /// <summary>The bytes of a RoomFrame; never changed after the call.</summary>
    [Alias("frame"), OneWay]
    Task OnFrameAsync([Immutable] byte[] frame);
}
