// The rooms that are open on this silo, for whoever drains or balances it.
using System.Collections.Concurrent;
using Aetheris.Grains.Interfaces.Rooms;

namespace Aetheris.Grains.Rooms;

/// <summary>Open rooms by name. Thread-safe.</summary>
public sealed class RoomRegistry
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>Rooms that are open here; 0 when a drain is done.</summary>
    public int Count => _rooms.Count;

    /// <summary>Names of the rooms that are open here, in no order. Allocates.</summary>
    public IReadOnlyCollection<string> Names => [.. _rooms.Keys];

    /// <summary>Whether a room is open here.</summary>
    public bool Contains(string room) => _rooms.ContainsKey(room);

    /// <summary>Figures of every room that is open here, in no order. Takes each room's lock for a moment; allocates.</summary>
    public IReadOnlyList<RoomListing> List()
    {
        var listings = new List<RoomListing>(_rooms.Count);
        foreach (var room in _rooms.Values)
            listings.Add(room.GetListing());
        return listings;
    }

    /// <summary>A room begins to tick here; a newer activation of the same name replaces the older.</summary>
    internal void Add(string name, Room room) => _rooms[name] = room;

    /// <summary>A room has stopped here.</summary>
    internal void Remove(string name, Room room) => _rooms.TryRemove(KeyValuePair.Create(name, room));
}
