// The kinds of reliable events.
namespace Aetheris.Protocol.Events;

/// <summary>What happened. Numbers are on the wire and in logs: never reuse one.</summary>
public enum RoomEventKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>To one player: the room let them in; Entity is their ship, 0 for a spectator.</summary>
    Joined = 1,

    /// <summary>To one player: the room refused them; Reason is a <see cref="JoinRefusal"/>.</summary>
    JoinRefused = 2,

    /// <summary>To one player: their connection to the room is over; Reason is a LeaveReason.</summary>
    Left = 3,

    /// <summary>To one player: Entity is their ship from now on.</summary>
    Possession = 4,

    /// <summary>To one player: an input was refused; Amount is the tick distance (target − now, clamped), the clock hint.</summary>
    InputRejected = 5,

    /// <summary>To all: an asteroid is empty.</summary>
    AsteroidDepleted = 6,

    /// <summary>To all: Entity hit Other for Amount.</summary>
    Damage = 7,

    /// <summary>To all: Entity died.</summary>
    Death = 8,

    /// <summary>To all: Entity is back at X, Y.</summary>
    Respawn = 9,

    /// <summary>To all: a ship took Amount ore from drop Entity.</summary>
    CargoCollected = 10,

    /// <summary>To all: the room was cleared.</summary>
    Cleared = 11,

    /// <summary>Gateway → client only: Entity is gone (in frames it is in the despawn list).</summary>
    Despawned = 12,
}
