// What the player wants now; the client turns it into one input per tick.
namespace Aetheris.Client.Input;

/// <summary>Held controls and requested edges.</summary>
/// <param name="MoveX">−1 … 1.</param>
/// <param name="MoveY">−1 … 1.</param>
/// <param name="Fire">Fire held.</param>
public readonly record struct PilotIntent(float MoveX, float MoveY, bool Fire)
{
    /// <summary>Nothing held.</summary>
    public static PilotIntent Neutral => default;
}
