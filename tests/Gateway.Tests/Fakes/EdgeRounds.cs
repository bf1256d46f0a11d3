// Lets a test wait for the edge thread instead of for a time.
using Aetheris.Gateway.Edge;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class EdgeRounds : IEdgeStep
{
    private TaskCompletionSource _next = New();

    /// <summary>The end of the round after the one that runs.</summary>
    public async Task NextAsync(CancellationToken cancellation)
    {
        await Volatile.Read(ref _next).Task.WaitAsync(cancellation);
        await Volatile.Read(ref _next).Task.WaitAsync(cancellation);
    }

    public void Step(long now) => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
