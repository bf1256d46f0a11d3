// A target that remembers its ticks and may do something in them.
using Aetheris.Grains.Ticking;

namespace Aetheris.Grains.Tests.Harness;

public sealed class RecordingTarget(Action<TickMoment>? onTick = null) : ITickTarget
{
    public List<TickMoment> Moments { get; } = [];

    public List<Exception> Faults { get; } = [];

    public void Tick(in TickMoment moment)
    {
        Moments.Add(moment);
        onTick?.Invoke(moment);
    }

    public void OnFault(Exception exception) => Faults.Add(exception);
}
