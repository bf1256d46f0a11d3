// Compares what bots know with what their room says, each value at its own tick.
namespace Aetheris.Cli.Bots;

/// <summary>
/// The contract's desync check (DESIGN §4). Views are copied first, then the room's state of every tick that occurs in them is read,
/// oldest first while the room still keeps it. A record older than that is compared with the room's newest state: it must not have
/// changed since. An entity that the room has had for a second must be in the view, and nothing else may be.
/// </summary>
internal sealed class DesyncCheck
{
    private const ulong OldTicks = 120;
    private const ulong GraceTicks = 60;
    private const int Parallel = 4;

    private readonly StateSource _source;
    private readonly ComponentComparer _comparer = new();
    private readonly DesyncResult _result = new();
    private readonly List<ViewRecord> _late = new();

    public DesyncCheck(StateSource source) => _source = source;

    /// <summary>Runs the check; null when the state could not be read.</summary>
    public async Task<DesyncResult?> RunAsync(IReadOnlyList<ViewCapture> captures)
    {
        var newest = captures.Max(c => c.NewestTick);
        var settled = newest > GraceTicks ? newest - GraceTicks : 1;
        var byTick = captures.SelectMany(c => c.Records).GroupBy(r => r.Tick).OrderBy(g => g.Key).ToLookup(g => g.Key + OldTicks > newest);

        // The room forgets as it ticks on: everything is read first, the oldest before the rest, and compared afterwards.
        var states = new Dictionary<ulong, RoomState>();
        try
        {
            foreach (var chunk in byTick[true].Select(g => g.Key).Append(settled).Order().Distinct().Chunk(Parallel))
            {
                foreach (var state in await Task.WhenAll(chunk.Select(tick => _source.GetAsync(tick))))
                {
                    if (state is not null)
                        states.Add(state.Tick, state);
                }
            }

            foreach (var group in byTick[true])
                CompareAt(group, states.GetValueOrDefault(group.Key));
            return await CompareWithNowAsync(captures, byTick[false].SelectMany(g => g), states.GetValueOrDefault(settled));
        }
        finally
        {
            foreach (var state in states.Values)
                state.Dispose();
        }
    }

    private async Task<DesyncResult?> CompareWithNowAsync(IReadOnlyList<ViewCapture> captures, IEnumerable<ViewRecord> old, RoomState? before)
    {
        using var now = await _source.GetAsync(null);
        if (now is null || (now.ValueCount == 0 && now.Entities.Count > 0))
            return null;
        foreach (var record in old)
            CompareOne(record, now, "older than 2 s and changed since");
        foreach (var record in _late)
            CompareLate(record, now);
        if (before is null)
            return null;
        foreach (var capture in captures)
            CompareContents(capture, before, now);
        return _result;
    }

    private void CompareAt(IEnumerable<ViewRecord> records, RoomState? state)
    {
        if (state is null)
        {
            _late.AddRange(records);
            return;
        }

        foreach (var record in records)
            CompareOne(record, state, "differs at its own tick");
    }

    /// <summary>The room forgot this tick while it was asked: a value that still holds is right, any other cannot be judged.</summary>
    private void CompareLate(ViewRecord record, RoomState now)
    {
        if (now.TryGetEntity(record.Entity, out var components) && components.TryGetValue(record.Kind, out var value)
            && _comparer.AreEqual(record.Kind, record.FrameForm, record.IsQuantized, value, out _))
        {
            _result.Compared++;
        }
        else
        {
            _result.Unjudged++;
        }
    }

    private void CompareOne(ViewRecord record, RoomState state, string what)
    {
        _result.Compared++;
        if (!state.TryGetEntity(record.Entity, out var components))
            _result.Add(record.Bot, record.Entity, 0, FormattableString.Invariant($"not in the room at tick {state.Tick}"));
        else if (!components.TryGetValue(record.Kind, out var value))
            _result.Add(record.Bot, record.Entity, record.Kind, FormattableString.Invariant($"has no component {record.Kind} at tick {state.Tick}"));
        else if (!_comparer.AreEqual(record.Kind, record.FrameForm, record.IsQuantized, value, out var difference))
            _result.Add(record.Bot, record.Entity, record.Kind, FormattableString.Invariant($"component {record.Kind} of tick {record.Tick} {what}: {difference}"));
    }

    private void CompareContents(ViewCapture capture, RoomState before, RoomState now)
    {
        foreach (var id in before.Entities)
        {
            if (!now.TryGetEntity(id, out var components) || !before.TryGetEntity(id, out var earlier))
                continue;
            if (!capture.Entities.Contains(id))
            {
                _result.Add(capture.Bot, id, 0, "missing in the view");
                continue;
            }

            foreach (var kind in components.Keys)
            {
                if (earlier.ContainsKey(kind) && !capture.Known.Contains((id, kind)))
                    _result.Add(capture.Bot, id, kind, FormattableString.Invariant($"component {kind} missing in the view"));
            }
        }
    }
}
