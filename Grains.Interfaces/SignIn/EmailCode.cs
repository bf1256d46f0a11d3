// What is kept of a code that was sent.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.SignIn;

/// <summary>A code without the code and an address without the address.</summary>
/// <param name="Hash">SHA-256 over code and request id; random bytes when nothing was sent, so that no guess is right.</param>
/// <param name="Player">Who the address belongs to.</param>
/// <param name="Address">Digest of the e-mail address, for its limit of wrong guesses.</param>
/// <param name="EndsAt">When the code ends.</param>
[GenerateSerializer, Immutable, Alias("aetheris.signin.code.start")]
public sealed record EmailCode(
    [property: Id(0)] byte[] Hash,
    [property: Id(1)] PlayerId Player,
    [property: Id(2)] string Address,
    [property: Id(3)] DateTimeOffset EndsAt);
