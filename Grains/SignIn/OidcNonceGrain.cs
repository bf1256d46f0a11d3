// A number used once that binds an ID token to the sign-in it was made for.
using Aetheris.Grains.Interfaces.SignIn;

namespace Aetheris.Grains.SignIn;

/// <summary>The grain of a nonce.</summary>
public sealed class OidcNonceGrain : Grain, IOidcNonceGrain
{
    private readonly TimeProvider _time;
    private string? _nonce;
    private DateTimeOffset _endsAt;

    /// <summary>Created by Orleans.</summary>
    public OidcNonceGrain(TimeProvider time) => _time = time;

    /// <inheritdoc />
    public Task StartAsync(string nonce, DateTimeOffset endsAt)
    {
        _nonce = nonce;
        _endsAt = endsAt;
        var left = endsAt - _time.GetUtcNow();
        if (left > TimeSpan.Zero)
            DelayDeactivation(left);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<string?> TakeAsync()
    {
        var nonce = _time.GetUtcNow() < _endsAt ? _nonce : null;
        _nonce = null;
        DelayDeactivation(TimeSpan.Zero);
        DeactivateOnIdle();
        return Task.FromResult(nonce);
    }
}
