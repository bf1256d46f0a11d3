// A room port that a test answers by hand.
using Aetheris.Gateway.Rooms;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Commands;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class FakePort : IRoomPort, IRoomPorts
{
    public List<TaskCompletionSource<RoomSubscription>> Subscriptions { get; } = [];

    /// <summary>What was offered with each question that was not the first.</summary>
    public List<byte[]> Histories { get; } = [];

    public List<(uint Epoch, ulong From, ulong To, TaskCompletionSource<byte[][]> Answer)> Fetches { get; } = [];

    public List<byte[]> Batches { get; } = [];

    public Action<byte[]>? OnFrame { get; private set; }

    public bool IsUnsubscribed { get; private set; }

    public Func<RoomSubscription>? AutoAnswer { get; set; }

    public IRoomPort Open(string room, Action<byte[]> onFrame)
    {
        OnFrame = onFrame;
        return this;
    }

    public Task<RoomSubscription> SubscribeAsync()
    {
        if (AutoAnswer is not null)
            return Task.FromResult(AutoAnswer());
        Subscriptions.Add(new TaskCompletionSource<RoomSubscription>());
        return Subscriptions[^1].Task;
    }

    public Task<RoomSubscription> RecoverAsync(byte[] history)
    {
        Histories.Add(history);
        return SubscribeAsync();
    }

    public Task UnsubscribeAsync()
    {
        IsUnsubscribed = true;
        return Task.CompletedTask;
    }

    public void Submit(byte[] batch) => Batches.Add(batch);

    public Task<byte[][]> GetFramesAsync(uint epoch, ulong fromSeq, ulong toSeq)
    {
        Fetches.Add((epoch, fromSeq, toSeq, new TaskCompletionSource<byte[][]>()));
        return Fetches[^1].Answer.Task;
    }

    public Func<SavedRoom?>? AutoSave { get; set; }

    public Task<SavedRoom?> SaveAsync() => Task.FromResult(AutoSave?.Invoke());

    public List<Command> LastCommands(out CommandBatchHead head)
    {
        var commands = new List<Command>();
        Assert.True(CommandBatch.TryRead(Batches[^1], out head, commands));
        return commands;
    }
}
