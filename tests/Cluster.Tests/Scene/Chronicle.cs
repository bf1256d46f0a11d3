// What one client saw of a scene: through its own view, and through the events that its client released.
using Aetheris.Client;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class Chronicle
{
    private readonly AetherisClient _client;
    private readonly Dictionary<NetworkId, EntityStory> _stories = [];
    private readonly List<RoomEvent> _events = [];
    private long _updatesSeen = -1;
    private int _eventsSeen;

    public Chronicle(string observer, AetherisClient client)
    {
        Observer = observer;
        _client = client;
        client.EventReleased += _events.Add;
    }

    /// <summary>Who saw it.</summary>
    public string Observer { get; }

    public IReadOnlyList<RoomEvent> Events => _events;

    public IEnumerable<EntityStory> Stories => _stories.Values;

    /// <summary>An entity's story; null if it was never seen.</summary>
    public EntityStory? Of(NetworkId id) => _stories.GetValueOrDefault(id);

    public List<RoomEvent> EventsOf(RoomEventKind kind) => _events.FindAll(value => value.Kind == kind);

    /// <summary>Writes down what has changed in the view; after each poll.</summary>
    /// <returns>Whether anything arrived since the last look.</returns>
    public bool Look()
    {
        var view = _client.View;
        if (view.Updates == _updatesSeen && _events.Count == _eventsSeen)
            return false;
        _updatesSeen = view.Updates;
        _eventsSeen = _events.Count;
        for (var slot = 0; slot < view.SlotCount; slot++)
        {
            var id = view.IdOf(slot);
            if (id == NetworkId.None)
                continue;
            if (!_stories.TryGetValue(id, out var story))
                _stories.Add(id, story = new EntityStory(id));
            story.Look(view, slot);
        }

        foreach (var story in _stories.Values)
            story.IsGone = !view.TryGetSlot(story.Id, out _);
        return true;
    }

    public static string Describe(IEnumerable<RoomEvent> events) => string.Join(
        "; ", events.Select(value => $"{value.Kind} @{value.Tick} of {value.Entity}, {value.Other}: {value.Amount}").DefaultIfEmpty("none"));
}
