// Why a decoded input is dropped.
namespace Aetheris.Protocol.Codec1.Input;

/// <summary>Result of <see cref="InputCommand.Validate"/>.</summary>
public enum InputCommandRefusal : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>More than <see cref="Codec1Limits.MaxActions"/> actions.</summary>
    TooManyActions = 1,

    /// <summary>A mask bit outside <see cref="Codec1Limits.AllowedActionsMask"/>.</summary>
    UnknownMaskBits = 2,
}
