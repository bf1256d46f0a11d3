// Why a token was refused.
namespace Aetheris.Auth.Tokens;

/// <summary>Reasons that a client may be told.</summary>
public enum TokenFailure
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>There is no token.</summary>
    Missing = 1,

    /// <summary>Not a token of ours: its form, its claims or its size.</summary>
    Malformed = 2,

    /// <summary>Not signed with our key and ES256.</summary>
    WrongSignature = 3,

    /// <summary>Issued by somebody else.</summary>
    WrongIssuer = 4,

    /// <summary>Made for something else, such as an access token at the UDP door.</summary>
    WrongAudience = 5,

    /// <summary>Past its end.</summary>
    Expired = 6,

    /// <summary>From the future.</summary>
    NotYetValid = 7,
}
