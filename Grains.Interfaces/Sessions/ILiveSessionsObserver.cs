// How a gateway is asked who is connected.
using Orleans.Concurrency;

namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>A gateway's end.</summary>
[Alias("aetheris.session.live.observer")]
public interface ILiveSessionsObserver : IGrainObserver
{
    /// <summary>Asks; the answer is a call of <see cref="ILiveSessionsGrain.AnswerAsync"/>.</summary>
    /// <param name="question">Repeated in the answer.</param>
    [Alias("ask"), OneWay]
    Task AskAsync(int question);
}
