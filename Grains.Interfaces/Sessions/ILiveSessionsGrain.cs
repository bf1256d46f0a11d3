// Who is connected to one gateway.
namespace Aetheris.Grains.Interfaces.Sessions;

/// <summary>Keyed by the gateway's id in text. Remembers how to ask the gateway, and asks when an operator does: nothing is reported while nobody looks.</summary>
[Alias("aetheris.session.live.list")]
public interface ILiveSessionsGrain : IGrainWithStringKey
{
    /// <summary>The gateway says, every few seconds, where it can be asked.</summary>
    [Alias("register")]
    Task RegisterAsync(ILiveSessionsObserver gateway);

    /// <summary>Its connections that are in a room; empty when it does not answer.</summary>
    [Alias("list")]
    Task<IReadOnlyList<LiveSession>> ListAsync();

    /// <summary>The gateway's answer to a question.</summary>
    /// <param name="question">Which.</param>
    /// <param name="sessions">Its connections.</param>
    [Alias("answer")]
    Task AnswerAsync(int question, LiveSession[] sessions);
}
