// Room events in the original's words.
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Events;

namespace Aetheris.Gateway.Replication;

/// <summary>Which room events codec 1 can say, and how (WIRE_FORMAT §3).</summary>
public static class Codec1Events
{
    /// <summary>Translates an event; false for what codec 1 has no words for: joining, leaving, refused inputs, despawns.</summary>
    public static bool TryTranslate(in RoomEvent roomEvent, out WireEvent wire)
    {
        wire = new WireEvent { Kind = WireEventKind.GameEvent };
        wire.Game.Entity = roomEvent.Entity;
        switch (roomEvent.Kind)
        {
            case RoomEventKind.Possession:
                wire.Game.Kind = GameEventKind.Possession;
                return true;
            case RoomEventKind.AsteroidDepleted:
                wire.Game.Kind = GameEventKind.AsteroidDepleted;
                return true;
            case RoomEventKind.Damage:
                wire.Game.Kind = GameEventKind.DamageEvent;
                wire.Game.Source = roomEvent.Entity;
                wire.Game.Entity = roomEvent.Other;
                wire.Game.Amount = Amount(roomEvent.Amount);
                return true;
            case RoomEventKind.Death:
                wire.Game.Kind = GameEventKind.DeathEvent;
                return true;
            case RoomEventKind.Respawn:
                wire.Game.Kind = GameEventKind.RespawnEvent;
                wire.Game.X = roomEvent.X;
                wire.Game.Y = roomEvent.Y;
                return true;
            case RoomEventKind.CargoCollected:
                wire.Game.Kind = GameEventKind.CargoCollected;
                wire.Game.Amount = Amount(roomEvent.Amount);
                return true;
            case RoomEventKind.Cleared:
                wire.Kind = WireEventKind.ClearWorld;
                return true;
            default:
                return false;
        }
    }

    private static ushort Amount(int amount) => (ushort)Math.Clamp(amount, 0, ushort.MaxValue);
}
