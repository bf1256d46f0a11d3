// The rules of matching over what rooms report, without Orleans.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Directory;

/// <summary>
/// Listings of rooms that reported within <see cref="SilentAfter"/>, and the places promised to players who have not arrived yet.
/// It only suggests: the room alone decides. Not thread-safe.
/// </summary>
public sealed class RoomIndex
{
    /// <summary>A room that is silent for this long is dropped.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(10);

    private const string OpenAccess = nameof(Protocol.Components.RoomAccess.Open);

    private readonly SortedDictionary<string, Entry> _rooms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlayerId> _creators = new(StringComparer.Ordinal);
    private readonly RoomsOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates an empty index.</summary>
    public RoomIndex(RoomsOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    /// <summary>Takes a room's report; a closed room is dropped. News of an older epoch comes too late and changes nothing.</summary>
    public void Report(RoomListing listing)
    {
        if (_rooms.TryGetValue(listing.Room, out var known) && listing.Epoch < known.Listing.Epoch)
            return;
        if (listing.Status == RoomStatus.Closed)
        {
            _rooms.Remove(listing.Room);
            return;
        }

        if (!_rooms.TryGetValue(listing.Room, out var entry))
            _rooms.Add(listing.Room, entry = new Entry(listing));
        entry.Take(listing, _time.GetTimestamp());
    }

    /// <summary>All rooms, by name.</summary>
    public IReadOnlyList<RoomListing> List()
    {
        Sweep();
        var listings = new List<RoomListing>(_rooms.Count);
        foreach (var entry in _rooms.Values)
            listings.Add(entry.Listing);
        return listings;
    }

    /// <summary>Decides where a wish leads.</summary>
    /// <param name="request">The wish.</param>
    /// <param name="create">Template to open the room of the result with; null when it is open already or there is none.</param>
    public MatchResult Match(MatchRequest request, out string? create)
    {
        Sweep();
        // Whoever asks again gives the place of the last answer back: it may be the one that is looked for.
        if (!request.Player.IsNone)
        {
            foreach (var entry in _rooms.Values)
                entry.Withdraw(request.Player);
        }

        create = null;
        if (request.Room is { } room)
            return MatchRoom(request, room, out create);
        if (request.Template is { } template)
            return MatchTemplate(request, template, out create);
        return MatchRoom(request, RoomName.Default, out create);
    }

    /// <summary>Takes back a match whose room could not be opened.</summary>
    public void Forget(string room) => _rooms.Remove(room);

    private MatchResult MatchRoom(MatchRequest request, string room, out string? create)
    {
        create = null;
        if (!RoomName.IsValid(room))
            return new MatchResult(MatchOutcome.Unknown, string.Empty);
        if (_rooms.TryGetValue(room, out var entry) && entry.Listing.Status == RoomStatus.Active)
        {
            if (!request.Privileged && !IsOpen(entry.Listing))
                return new MatchResult(MatchOutcome.Forbidden, string.Empty);
            if (!HasPlace(request, room) && (IsExcluded(request, room) || !entry.HasSpace))
                return new MatchResult(MatchOutcome.Full, string.Empty);
            return Promise(entry, request);
        }

        if (!_options.CreateByName && !request.Privileged && !string.Equals(room, RoomName.Default, StringComparison.Ordinal))
            return new MatchResult(MatchOutcome.Unknown, string.Empty);
        if (!TryCount(request, room))
            return new MatchResult(MatchOutcome.TooMany, string.Empty);
        create = entry?.Listing.Template is { Length: > 0 } template ? template : RoomsOptions.DefaultTemplate;
        return new MatchResult(MatchOutcome.Found, room);
    }

    // Of rooms created by name only: a template opens a room when the others are full, whoever asks.
    private bool TryCount(MatchRequest request, string room)
    {
        if (_options.PerPlayer == 0 || request.Privileged || request.Player.IsNone || string.Equals(room, RoomName.Default, StringComparison.Ordinal))
            return true;
        var count = 0;
        foreach (var (name, creator) in _creators)
        {
            if (!_rooms.ContainsKey(name))
                _creators.Remove(name);
            else if (creator == request.Player && !string.Equals(name, room, StringComparison.Ordinal))
                count++;
        }

        if (count >= _options.PerPlayer)
            return false;
        _creators[room] = request.Player;
        return true;
    }

    private MatchResult MatchTemplate(MatchRequest request, string name, out string? create)
    {
        create = null;
        if (!_options.TryGetTemplate(name, out var template))
            return new MatchResult(MatchOutcome.Unknown, string.Empty);
        if (!request.Privileged && template.Access != Protocol.Components.RoomAccess.Open)
            return new MatchResult(MatchOutcome.Forbidden, string.Empty);

        // A lost connection is no reason to leave the ship behind.
        if (request.Place is { } place && !IsExcluded(request, place) && _rooms.TryGetValue(place, out var own)
            && own.Listing.Status == RoomStatus.Active && string.Equals(own.Listing.Template, name, StringComparison.Ordinal))
        {
            return Promise(own, request);
        }

        Entry? fullest = null;
        foreach (var entry in _rooms.Values)
        {
            var listing = entry.Listing;
            if (listing.Status == RoomStatus.Active && string.Equals(listing.Template, name, StringComparison.Ordinal)
                && IsOpen(listing) && entry.HasSpace && !IsExcluded(request, listing.Room)
                && (fullest is null || entry.Expected > fullest.Expected))
            {
                fullest = entry;
            }
        }

        if (fullest is not null)
            return Promise(fullest, request);
        create = name;
        return new MatchResult(MatchOutcome.Found, FreeName(request, name));
    }

    private string FreeName(MatchRequest request, string template)
    {
        for (var number = 1; ; number++)
        {
            var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{template}-{number}");
            if (!_rooms.ContainsKey(name) && !IsExcluded(request, name))
                return name;
        }
    }

    private MatchResult Promise(Entry entry, MatchRequest request)
    {
        if (!HasPlace(request, entry.Listing.Room))
            entry.Promise(request.Player, _time.GetTimestamp());
        return new MatchResult(MatchOutcome.Found, entry.Listing.Room);
    }

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        var promiseLasts = TimeSpan.FromSeconds(_options.SeatSeconds);
        List<string>? silent = null;
        foreach (var (name, entry) in _rooms)
        {
            if (_time.GetElapsedTime(entry.LastReport, now) >= SilentAfter)
                (silent ??= []).Add(name);
            else
                entry.DropPromises(_time, now, promiseLasts);
        }

        foreach (var name in silent ?? [])
            _rooms.Remove(name);
    }

    private static bool IsOpen(RoomListing listing) => string.Equals(listing.Access, OpenAccess, StringComparison.Ordinal);

    private static bool HasPlace(MatchRequest request, string room) => string.Equals(request.Place, room, StringComparison.Ordinal);

    private static bool IsExcluded(MatchRequest request, string room) => Array.IndexOf(request.Exclude, room) >= 0;

    private sealed class Entry(RoomListing listing)
    {
        // Oldest first.
        private readonly List<(PlayerId Player, long Since)> _promises = [];

        public RoomListing Listing { get; private set; } = listing;

        public long LastReport { get; private set; }

        public int Expected => Listing.Players + _promises.Count;

        public bool HasSpace => Listing.Capacity == 0 || Expected < Listing.Capacity;

        public void Take(RoomListing listing, long now)
        {
            // Who has arrived needs no promise any more: counted twice, a half empty room would look full.
            _promises.RemoveRange(0, Math.Clamp(listing.Players - Listing.Players, 0, _promises.Count));
            Listing = listing;
            LastReport = now;
        }

        public void Promise(PlayerId player, long now) => _promises.Add((player, now));

        public void Withdraw(PlayerId player) => _promises.RemoveAll(promise => promise.Player == player);

        public void DropPromises(TimeProvider time, long now, TimeSpan lasts)
        {
            var old = 0;
            while (old < _promises.Count && time.GetElapsedTime(_promises[old].Since, now) >= lasts)
                old++;
            _promises.RemoveRange(0, old);
        }
    }
}
