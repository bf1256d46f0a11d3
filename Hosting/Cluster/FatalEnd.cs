// How a silo ends that cannot go on, above all one that the others declared dead.
using System.Diagnostics;
using Orleans.Runtime;

namespace Aetheris.Hosting.Cluster;

/// <summary>
/// One line and an exit code of its own, at once: what a dead silo still did would be done twice. Orleans' default writes a stack and
/// aborts, which looks like a defect and leaves a core dump.
/// </summary>
internal sealed class FatalEnd : IFatalErrorHandler
{
    /// <summary>Start the process again: its rooms play on elsewhere.</summary>
    public const int ExitCode = 4;

    private const int LongestReason = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        var reason = (context ?? exception?.Message ?? "unknown").ReplaceLineEndings(" ");
        var text = reason.Contains("dead", StringComparison.OrdinalIgnoreCase)
            ? "the other silos have declared this one dead, because it was silent for too long"
            : reason[..Math.Min(reason.Length, LongestReason)];
        Console.Error.WriteLine($"error: the silo ends: {text}");

        // Whatever hooks the end of the process must not keep it.
        var last = new Thread(static () =>
        {
            Thread.Sleep(Patience);
            Process.GetCurrentProcess().Kill();
        });
        last.IsBackground = true;
        last.Start();
        Environment.Exit(ExitCode);
    }
}
