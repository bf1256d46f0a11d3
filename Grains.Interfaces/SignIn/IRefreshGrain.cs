// One sign-in and the refresh tokens that follow from it.
namespace Aetheris.Grains.Interfaces.SignIn;

/// <summary>A family of refresh tokens, keyed by its id: exactly one of them is good at any time. Stored.</summary>
[Alias("aetheris.signin.refresh")]
public interface IRefreshGrain : IGrainWithStringKey
{
    /// <summary>Begins with the first token.</summary>
    [Alias("start")]
    Task StartAsync(SignInGrant signIn, byte[] hash);

    /// <summary>
    /// Exchanges a token for the next. A token that was exchanged before is in two hands: whichever of them is the thief's, the whole family
    /// ends.
    /// </summary>
    /// <param name="presented">Hash of the token.</param>
    /// <param name="next">Hash of the next one.</param>
    /// <returns>The sign-in; null when there is none, it is over, or the token was not the newest.</returns>
    [Alias("rotate")]
    Task<SignInGrant?> RotateAsync(byte[] presented, byte[] next);

    /// <summary>Ends the family, if the token is its newest; any other one ends it, too, but says nothing.</summary>
    /// <returns>The sign-in that ended; null when the token was not the newest.</returns>
    [Alias("end")]
    Task<SignInGrant?> EndAsync(byte[] presented);
}
