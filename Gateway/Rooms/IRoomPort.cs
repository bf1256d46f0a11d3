// What a room link needs of its room; a grain in production, a fake in tests.
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Gateway.Rooms;

/// <summary>One room as its gateway reaches it. Calls never block; failures arrive in the tasks.</summary>
public interface IRoomPort
{
    /// <summary>Starts or refreshes this gateway's frames. Frames go to the callback given at creation, from any thread.</summary>
    Task<RoomSubscription> SubscribeAsync();

    /// <summary>Asks for the frames of a room that was seen before, offering the bytes of a <see cref="Protocol.Frames.RoomHistory"/>.</summary>
    Task<RoomSubscription> RecoverAsync(byte[] history);

    /// <summary>Ends the frames.</summary>
    Task UnsubscribeAsync();

    /// <summary>Sends a batch; may be lost.</summary>
    void Submit(byte[] batch);

    /// <summary>Frames that were missed; empty when they are no longer kept.</summary>
    Task<byte[][]> GetFramesAsync(uint epoch, ulong fromSeq, ulong toSeq);

    /// <summary>The whole room after its newest tick; null when it is not open.</summary>
    Task<SavedRoom?> SaveAsync();
}
