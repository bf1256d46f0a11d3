// A number used once that binds an ID token to the sign-in it was made for.
namespace Aetheris.Grains.Interfaces.SignIn;

/// <summary>A nonce, keyed by its handle. In memory: a restart costs whoever is just signing in one more try.</summary>
[Alias("aetheris.signin.nonce")]
public interface IOidcNonceGrain : IGrainWithStringKey
{
    /// <summary>Begins.</summary>
    /// <param name="nonce">The nonce.</param>
    /// <param name="endsAt">When it ends.</param>
    [Alias("start")]
    Task StartAsync(string nonce, DateTimeOffset endsAt);

    /// <summary>Takes the nonce, once; null when there is none, or no more. It is gone before any token is looked at (CONTROL_PLANE C-8).</summary>
    [Alias("take")]
    Task<string?> TakeAsync();
}
