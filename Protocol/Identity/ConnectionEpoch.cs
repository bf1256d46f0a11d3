// Which of a player's connections is meant.
namespace Aetheris.Protocol.Identity;

/// <summary>Counts a player's connections: a larger number is newer, and what carries an older one is ignored. 0 means none.</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct ConnectionEpoch(uint Value)
{
    /// <summary>No connection.</summary>
    public static ConnectionEpoch None => default;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
