// One room grain as a port.
using Aetheris.Gateway.Edge;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Rooms;

/// <summary>Calls a room grain and is its observer. Orleans keeps only a weak reference to an observer, so this object is it and the link keeps it.</summary>
public sealed class GrainRoomPort : IRoomPort, IRoomObserver
{
    private readonly IRoomGrain _room;
    private readonly string _name;
    private readonly IRoomObserver _reference;
    private readonly IGrainFactory _grains;
    private readonly GatewayId _gateway;
    private readonly Action<byte[]> _onFrame;

    /// <summary>A port to one room.</summary>
    public GrainRoomPort(IGrainFactory grains, GatewayId gateway, string room, Action<byte[]> onFrame)
    {
        _grains = grains;
        _gateway = gateway;
        _onFrame = onFrame;
        _name = room;
        _room = grains.GetGrain<IRoomGrain>(room);
        _reference = grains.CreateObjectReference<IRoomObserver>(this);
    }

    /// <inheritdoc />
    public Task<RoomSubscription> SubscribeAsync() => _room.SubscribeAsync(_gateway, _reference);

    /// <inheritdoc />
    public Task<RoomSubscription> RecoverAsync(byte[] history) => _room.RecoverAsync(_gateway, _reference, history);

    /// <inheritdoc />
    public async Task UnsubscribeAsync()
    {
        try
        {
            await _room.UnsubscribeAsync(_gateway).ConfigureAwait(false);
        }
        finally
        {
            _grains.DeleteObjectReference<IRoomObserver>(_reference);
        }
    }

    /// <inheritdoc />
    public void Submit(byte[] batch) => _room.SubmitAsync(batch).Forget();

    /// <inheritdoc />
    public Task<byte[][]> GetFramesAsync(uint epoch, ulong fromSeq, ulong toSeq) => _room.GetFramesAsync(epoch, fromSeq, toSeq);

    /// <inheritdoc />
    public Task<SavedRoom?> SaveAsync() => _room.SaveAsync();

    /// <inheritdoc />
    public Task OnFrameAsync(byte[] frame)
    {
        FrameTraces.Note(_name, frame);
        _onFrame(frame);
        return Task.CompletedTask;
    }
}
