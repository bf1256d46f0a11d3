// A clock that tests step by hand.
using Aetheris.Client.Time;

namespace Aetheris.Client.Tests.Fakes;

/// <summary>Stands still until told.</summary>
public sealed class ManualClock : IClientClock
{
    public long NowMicros { get; set; } = 1_000_000;
}
