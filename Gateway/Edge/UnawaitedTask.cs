// Lets a task run whose outcome nobody waits for.
namespace Aetheris.Gateway.Edge;

/// <summary>Tasks that may fail without consequence.</summary>
internal static class UnawaitedTask
{
    /// <summary>Observes the task's exception, so that it is not reported as unobserved.</summary>
    public static void Forget(this Task task) =>
        task.ContinueWith(
            static failed => _ = failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
