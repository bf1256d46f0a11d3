// One code that was sent to an e-mail address.
namespace Aetheris.Grains.Interfaces.SignIn;

/// <summary>A one-time code, keyed by the request's id. Stored, so that a restart neither forgets it nor its wrong guesses.</summary>
[Alias("aetheris.signin.code")]
public interface IEmailCodeGrain : IGrainWithStringKey
{
    /// <summary>Begins.</summary>
    [Alias("start")]
    Task StartAsync(EmailCode code);

    /// <summary>Compares a guess in constant time: right once, and wrong at most three times.</summary>
    /// <param name="hash">Hash of the guess.</param>
    [Alias("try")]
    Task<EmailCodeAnswer> TryAsync(byte[] hash);
}
