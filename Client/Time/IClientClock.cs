// The one source of time for the SDK, so that everything can be stepped in memory.
namespace Aetheris.Client.Time;

/// <summary>Monotonic time. Injected everywhere: an engine gives its own, tests step one by hand.</summary>
public interface IClientClock
{
    /// <summary>Microseconds since any fixed moment; never falls.</summary>
    long NowMicros { get; }
}
