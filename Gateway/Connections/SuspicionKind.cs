// What an honest client does not do.
namespace Aetheris.Gateway.Connections;

/// <summary>Kinds of violations, each with its points (CONTROL_PLANE §4).</summary>
public enum SuspicionKind
{
    /// <summary>More of something than any pilot does in a second: messages, switching of the beam, commands of operators.</summary>
    ActionRate = 0,

    /// <summary>A move far beyond the unit disc.</summary>
    Velocity = 1,

    /// <summary>Inputs that skip further than a connection can have lost.</summary>
    SequenceGap = 2,

    /// <summary>A value, or a message, that no client makes.</summary>
    ValueRange = 3,

    /// <summary>Inputs of long ago.</summary>
    Replay = 4,
}
