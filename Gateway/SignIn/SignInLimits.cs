// How often anybody may try to sign in.
using System.Threading.RateLimiting;
using Aetheris.Auth;
using Aetheris.Auth.Keys;
using Aetheris.Gateway.Http;
using Aetheris.Grains.Interfaces.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Aetheris.Gateway.SignIn;

/// <summary>
/// Limits per hour (CONTROL_PLANE §1, C-6). Those that guard secrets are the whole cluster's and outlive it; guests, who have none to guess,
/// are counted by each gateway for itself.
/// </summary>
public sealed class SignInLimits : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly IGrainFactory _grains;
    private readonly IdentityDigest _digest;
    private readonly AuthOptions _options;
    private readonly PartitionedRateLimiter<string> _guests;

    /// <summary>Nothing was tried yet.</summary>
    public SignInLimits(IGrainFactory grains, IdentityDigest digest, IOptions<AuthOptions> options)
    {
        _grains = grains;
        _digest = digest;
        _options = options.Value;
        var guests = _options.GuestsPerHour!.Value;
        _guests = PartitionedRateLimiter.Create<string, string>(address => guests == 0
            ? RateLimitPartition.GetNoLimiter(address)
            : RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = guests, Window = Hour }));
    }

    /// <summary>The answer to whoever tried too often.</summary>
    public static ProblemHttpResult TooOften() =>
        TypedResults.Problem("Too many sign-ins from this address; try again in an hour.", statusCode: StatusCodes.Status429TooManyRequests);

    /// <summary>Takes one guest sign-in of an address.</summary>
    public bool TryGuest(HttpContext context)
    {
        using var lease = _guests.AttemptAcquire(ClientAddress.Of(context));
        return lease.IsAcquired;
    }

    /// <summary>Takes one try of an address at a step.</summary>
    /// <param name="context">The request.</param>
    /// <param name="step">Such as "request" or "login": each has its own tries.</param>
    public Task<bool> TryAddressAsync(HttpContext context, string step) => OfAddress(context, step).TryTakeAsync(_options.SignInsPerHour, Hour);

    /// <summary>Whether an address has a try left at a step, without taking it.</summary>
    public Task<bool> HasAddressAsync(HttpContext context, string step) => OfAddress(context, step).HasLeftAsync(_options.SignInsPerHour, Hour);

    /// <summary>Takes one code of an e-mail address.</summary>
    /// <param name="digest">Digest of the address.</param>
    public Task<bool> TryEmailAsync(string digest) => _grains.GetGrain<ISignInLimitGrain>("code:" + digest).TryTakeAsync(_options.CodesPerHour, Hour);

    /// <inheritdoc />
    public void Dispose() => _guests.Dispose();

    private ISignInLimitGrain OfAddress(HttpContext context, string step) =>
        _grains.GetGrain<ISignInLimitGrain>($"{step}:{_digest.Of("address", ClientAddress.Of(context))}");
}
