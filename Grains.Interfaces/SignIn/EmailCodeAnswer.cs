// Whether a code was right.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Interfaces.SignIn;

/// <summary>The verdict about a guess; why it is not right is nobody's business.</summary>
/// <param name="Right">Whether it was.</param>
/// <param name="Player">Who signs in with it; nobody otherwise.</param>
[GenerateSerializer, Immutable, Alias("aetheris.signin.code.answer")]
public sealed record EmailCodeAnswer([property: Id(0)] bool Right, [property: Id(1)] PlayerId Player)
{
    /// <summary>Not right, or there is no such code any more.</summary>
    public static EmailCodeAnswer Wrong { get; } = new(Right: false, PlayerId.None);
}
