// Keeps the log readable until the process is ready.
namespace Aetheris.Hosting.Startup;

/// <summary>While closed, what frameworks log about a start is left out: when it fails, the shell names the reason once.</summary>
/// <param name="verbose">Leave nothing out.</param>
internal sealed class StartupGate(bool verbose)
{
    private volatile bool _open = verbose;

    public bool IsOpen => _open;

    public bool IsVerbose { get; } = verbose;

    public void Open() => _open = true;
}
