// The game events of codec 1.
namespace Aetheris.Protocol.Codec1.Events;

/// <summary>Variant of a <see cref="GameEvent"/>; the number is its index on the wire (WIRE_FORMAT §3).</summary>
public enum GameEventKind : byte
{
    /// <summary>An asteroid is empty.</summary>
    AsteroidDepleted = 0,

    /// <summary>The receiver owns an entity.</summary>
    Possession = 1,

    /// <summary>Facts about the server.</summary>
    SystemManifest = 2,

    /// <summary>An entity was hit.</summary>
    DamageEvent = 3,

    /// <summary>An entity died.</summary>
    DeathEvent = 4,

    /// <summary>An entity is back.</summary>
    RespawnEvent = 5,

    /// <summary>Ore was collected.</summary>
    CargoCollected = 6,
}
