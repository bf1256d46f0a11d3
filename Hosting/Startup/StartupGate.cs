// Keeps the log readable until the process is ready.
namespace Aetheris.Hosting.Startup;

/// <summary>While closed, exceptions that frameworks log about a failing start are left out: the shell names the reason once.</summary>
/// <param name="verbose">Leave nothing out.</param>
internal sealed class StartupGate(bool verbose)
{
    private volatile bool _open = verbose;

    public bool IsOpen => _open;

    public void Open() => _open = true;
}
