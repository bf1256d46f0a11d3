// Refusals in words.
namespace Aetheris.Auth.Tokens;

/// <summary>Texts for clients and problem answers.</summary>
public static class TokenFailureText
{
    /// <summary>One short sentence without any part of the token.</summary>
    public static string ToText(this TokenFailure failure) => failure switch
    {
        TokenFailure.None => "the token is good",
        TokenFailure.Missing => "a token is missing: sign in first",
        TokenFailure.Malformed => "the token is malformed",
        TokenFailure.WrongSignature => "the token's signature is wrong",
        TokenFailure.WrongIssuer => "the token was issued by somebody else",
        TokenFailure.WrongAudience => "the token was made for something else",
        TokenFailure.Expired => "the token has expired",
        TokenFailure.NotYetValid => "the token is not valid yet",
        _ => "the token was refused",
    };

    /// <summary>Value of a metric's reason label: lower case with underscores, as all labels.</summary>
    public static string ToLabel(this TokenFailure failure) => failure switch
    {
        TokenFailure.Missing => "missing",
        TokenFailure.Malformed => "malformed",
        TokenFailure.WrongSignature => "wrong_signature",
        TokenFailure.WrongIssuer => "wrong_issuer",
        TokenFailure.WrongAudience => "wrong_audience",
        TokenFailure.Expired => "expired",
        TokenFailure.NotYetValid => "not_yet_valid",
        _ => "none",
    };
}
