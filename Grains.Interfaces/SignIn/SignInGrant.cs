// A sign-in that can be refreshed.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.SignIn;

/// <summary>Who signed in, when and how.</summary>
/// <param name="Player">Who.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Role">Role claim.</param>
/// <param name="Method">"guest", "email", or the provider's name.</param>
/// <param name="StartedAt">When: a revocation later than this ends it.</param>
/// <param name="EndsAt">When it has to be done anew.</param>
[GenerateSerializer, Immutable, Alias("aetheris.signin.grant")]
public sealed record SignInGrant(
    [property: Id(0)] PlayerId Player,
    [property: Id(1)] string Name,
    [property: Id(2)] string Role,
    [property: Id(3)] string Method,
    [property: Id(4)] DateTimeOffset StartedAt,
    [property: Id(5)] DateTimeOffset EndsAt);
