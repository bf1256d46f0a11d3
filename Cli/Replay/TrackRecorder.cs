// Turns a recording into something that a page can draw: docs/protocol/recording.md describes the form.
using System.Buffers;
using System.Text.Json;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.World;
using Aetheris.World.Recording;

namespace Aetheris.Cli.Replay;

/// <summary>Samples where everybody was, every few ticks, and notes what happened.</summary>
internal sealed class TrackRecorder
{
    /// <summary>Version of the form.</summary>
    public const int Format = 1;

    // A sixteenth of a metre and a 256th of a turn: below what a screen shows.
    private const float UnitsPerMetre = 16;
    private const float UnitsPerRadian = 256 / (2 * MathF.PI);

    private static readonly RoomEventKind[] Shown =
        [RoomEventKind.Damage, RoomEventKind.Death, RoomEventKind.Respawn, RoomEventKind.AsteroidDepleted, RoomEventKind.CargoCollected, RoomEventKind.Cleared];

    private readonly List<EntityTrack> _tracks = [];
    private readonly Dictionary<ulong, EntityTrack> _present = [];
    private readonly Dictionary<ulong, EntityTrack> _before = [];
    private readonly List<RoomEvent> _events = [];
    private readonly RoomRecording _recording;
    private readonly int _every;
    private int _samples;
    private RoomBounds _bounds;
    private int _tickRate;

    private TrackRecorder(RoomRecording recording, int every)
    {
        _recording = recording;
        _every = every;
    }

    /// <summary>Runs a recording and writes its track as JSON.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="replay">Its replay, at the start.</param>
    /// <param name="every">Ticks from sample to sample.</param>
    public static ReadOnlyMemory<byte> Run(RoomRecording recording, RoomReplay replay, int every)
    {
        var recorder = new TrackRecorder(recording, every) { _tickRate = replay.World.Settings.TickRate };
        recorder.Sample(replay.World);
        while (replay.TryStep())
        {
            recorder.Note(replay.Changes.Events);
            if ((replay.World.Tick - recording.Tick) % (ulong)every == 0)
                recorder.Sample(replay.World);
        }

        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
            recorder.Write(json);
        return buffer.WrittenMemory;
    }

    private void Note(IReadOnlyList<RoomEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (Shown.Contains(events[i].Kind))
                _events.Add(events[i]);
        }
    }

    private void Sample(RoomWorld world)
    {
        var entities = world.Entities;
        var transforms = entities.Column(StandardComponents.Transform);
        var bounds = entities.Column(StandardComponents.RoomBounds);
        var names = entities.Column(StandardComponents.PlayerName);
        _before.Clear();
        foreach (var (id, track) in _present)
            _before.Add(id, track);
        _present.Clear();
        foreach (var slot in entities.Slots)
        {
            if (bounds.Has(slot))
                _bounds = bounds[slot];
            if (!transforms.Has(slot) || !EntityTypes.TryGet(transforms[slot].EntityType, out _))
                continue;
            var id = entities.IdOf(slot).Value;
            ref readonly var place = ref transforms[slot];
            if (!_before.TryGetValue(id, out var track))
                _tracks.Add(track = new EntityTrack(id, place.EntityType, _samples));
            if (names.Has(slot))
                track.Name = names[slot].Name;
            _present.Add(id, track);
            track.Add(Round(place.X * UnitsPerMetre), Round(place.Y * UnitsPerMetre), Round(place.Rotation * UnitsPerRadian));
        }

        _samples++;
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteString("room", _recording.Room);
        json.WriteNumber("recordedAt", _recording.RecordedAt);
        json.WriteNumber("tickRate", _tickRate);
        json.WriteNumber("fromTick", _recording.Tick);
        json.WriteNumber("every", _every);
        json.WriteNumber("samples", _samples);
        json.WriteNumber("unitsPerMetre", UnitsPerMetre);
        json.WriteNumber("unitsPerTurn", 256);
        json.WriteStartArray("bounds");
        foreach (var side in (ReadOnlySpan<float>)[_bounds.MinX, _bounds.MinY, _bounds.MaxX, _bounds.MaxY])
            json.WriteNumberValue(side);
        json.WriteEndArray();
        json.WriteStartArray("entities");
        foreach (var track in _tracks)
        {
            json.WriteStartObject();
            json.WriteNumber("id", track.Id);
            json.WriteNumber("type", track.Type);
            if (track.Name is not null)
                json.WriteString("name", track.Name);
            json.WriteNumber("from", track.From);
            Write(json, "x", track.X);
            Write(json, "y", track.Y);
            Write(json, "r", track.Rotation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("events");
        foreach (var happened in _events)
        {
            json.WriteStartObject();
            json.WriteNumber("tick", happened.Tick);
            json.WriteString("kind", happened.Kind.ToString());
            json.WriteNumber("entity", happened.Entity.Value);
            json.WriteNumber("other", happened.Other.Value);
            json.WriteNumber("amount", happened.Amount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, List<int> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static int Round(float value) => (int)MathF.Round(value);
}
