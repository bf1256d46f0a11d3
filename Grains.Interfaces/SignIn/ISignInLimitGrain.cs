// How often somebody may try something.
namespace Aetheris.Grains.Interfaces.SignIn;

/// <summary>One limit of one address or e-mail address, keyed by what is limited and the digest of who: "request:email:…". Stored, so that a restart gives no new tries.</summary>
[Alias("aetheris.signin.limit")]
public interface ISignInLimitGrain : IGrainWithStringKey
{
    /// <summary>Takes one of the tries that any window of time holds.</summary>
    /// <param name="most">Tries per window, 1–1,000.</param>
    /// <param name="window">The window.</param>
    /// <returns>False when they are used up; a refused try does not count.</returns>
    [Alias("take")]
    Task<bool> TryTakeAsync(int most, TimeSpan window);

    /// <summary>Whether there is a try left, without taking it.</summary>
    /// <param name="most">Tries per window.</param>
    /// <param name="window">The window.</param>
    [Alias("peek")]
    Task<bool> HasLeftAsync(int most, TimeSpan window);
}
