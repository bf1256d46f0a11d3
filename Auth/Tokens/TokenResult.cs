// The outcome of verifying a token.
using System.Diagnostics.CodeAnalysis;

namespace Aetheris.Auth.Tokens;

/// <summary>Claims, or the reason why there are none.</summary>
/// <typeparam name="TClaims">Claims of the token.</typeparam>
public readonly record struct TokenResult<TClaims>
    where TClaims : class
{
    private TokenResult(TClaims? claims, TokenFailure failure)
    {
        Claims = claims;
        Failure = failure;
    }

    /// <summary>What the token says; null when it was refused.</summary>
    public TClaims? Claims { get; }

    /// <summary>Why it was refused.</summary>
    public TokenFailure Failure { get; }

    /// <summary>Whether the token is good.</summary>
    [MemberNotNullWhen(true, nameof(Claims))]
    public bool Succeeded => Claims is not null;

    internal static TokenResult<TClaims> Accept(TClaims claims) => new(claims, TokenFailure.None);

    internal static TokenResult<TClaims> Refuse(TokenFailure failure) => new(null, failure);
}
