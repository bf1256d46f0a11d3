// The kills of one room on their way from the tick to the shard's stream.
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Shard;

/// <summary>
/// Remembers whose ship is whose, and turns Death events into kills. They wait, bounded, until they are surely published: what is published
/// twice is told apart by tick and index. Noting is the tick's alone and allocates only when ships come or die; the rest is anybody's.
/// </summary>
public sealed class KillFeed
{
    /// <summary>Most kills that wait; the oldest are dropped first.</summary>
    public const int MaxWaiting = 1024;

    private const int MaxGoneShips = 256;
    private const ulong LookTicks = 64;

    private readonly object _lock = new();
    private readonly List<Kill> _waiting = [];
    private readonly Dictionary<NetworkId, Pilot> _ships = [];
    private ulong _firstTick;

    /// <summary>Kills dropped because nobody took them in time.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether the ticks noted here are the first of their world, not those of a room that goes on.</summary>
    public bool IsNewWorld => Volatile.Read(ref _firstTick) <= 1;

    /// <summary>Learns whose ships a room has that begins with some: it came from elsewhere.</summary>
    public void Learn(PlayerTable players) => FollowShips(players);

    /// <summary>Notes what a tick brought.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="events">Its events.</param>
    /// <param name="players">Owner table after the tick.</param>
    public void Note(ulong tick, IReadOnlyList<RoomEvent> events, PlayerTable players)
    {
        if (_firstTick == 0)
            Volatile.Write(ref _firstTick, tick);
        var index = 0;

        // A room that came from elsewhere has ships that no event here told of.
        var moved = tick % LookTicks == 0;
        for (var i = 0; i < events.Count; i++)
        {
            var roomEvent = events[i];
            moved |= roomEvent.Kind is RoomEventKind.Joined or RoomEventKind.Possession or RoomEventKind.Death or RoomEventKind.Cleared;
            if (roomEvent.Kind != RoomEventKind.Death || !_ships.TryGetValue(roomEvent.Entity, out var victim))
                continue;
            var killer = roomEvent.Other != roomEvent.Entity ? _ships.GetValueOrDefault(roomEvent.Other) : null;
            Add(new Kill(tick, index++, killer, victim));
        }

        if (moved)
            FollowShips(players);
    }

    /// <summary>A copy of what waits, oldest first; it goes on waiting until <see cref="Confirm"/>.</summary>
    public Kill[] Peek()
    {
        lock (_lock)
            return _waiting.Count == 0 ? [] : [.. _waiting];
    }

    /// <summary>What was peeked at is published.</summary>
    public void Confirm(Kill[] published)
    {
        if (published.Length == 0)
            return;
        var last = published[^1];
        lock (_lock)
            _waiting.RemoveAll(kill => kill.Tick < last.Tick || (kill.Tick == last.Tick && kill.Index <= last.Index));
    }

    private void Add(in Kill kill)
    {
        lock (_lock)
        {
            if (_waiting.Count == MaxWaiting)
            {
                _waiting.RemoveAt(0);
                Dropped++;
            }

            _waiting.Add(kill);
        }
    }

    // Shots outlive the ship that fired them, so ships that are gone stay known for a while.
    private void FollowShips(PlayerTable players)
    {
        if (_ships.Count > players.Count + MaxGoneShips)
            _ships.Clear();
        for (var i = 0; i < players.Count; i++)
        {
            ref readonly var record = ref players[i];
            if (record.Ship == NetworkId.None || _ships.ContainsKey(record.Ship))
                continue;
            _ships.Add(record.Ship, new Pilot(record.Player, string.IsNullOrEmpty(record.ShipName) ? "unnamed" : record.ShipName));
        }
    }
}
