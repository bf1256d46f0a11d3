// What the comparison with the room's own state found.
namespace Aetheris.Cli.Bots;

/// <summary>Outcome of the desync check.</summary>
internal sealed class DesyncResult
{
    private readonly HashSet<(int Bot, ulong Entity, ushort Kind)> _found = new();

    /// <summary>Values, entities and components that differ, each counted once per bot.</summary>
    public int Desyncs => _found.Count;

    /// <summary>Values compared.</summary>
    public long Compared { get; set; }

    /// <summary>Records that could not be judged because the room no longer kept their tick.</summary>
    public int Unjudged { get; set; }

    /// <summary>The first few, in words.</summary>
    public List<string> Texts { get; } = new();

    /// <summary>Whether a value of a bot was found wrong.</summary>
    public bool Has(int bot, ulong entity, ushort kind) => _found.Contains((bot, entity, kind));

    /// <summary>Adds a finding.</summary>
    public void Add(int bot, ulong entity, ushort kind, string text)
    {
        if (_found.Add((bot, entity, kind)) && Texts.Count < 20)
            Texts.Add(FormattableString.Invariant($"bot {bot}, entity {entity}: {text}"));
    }

    /// <summary>Joins another room's findings.</summary>
    public void Add(DesyncResult other)
    {
        _found.UnionWith(other._found);
        Compared += other.Compared;
        Unjudged += other.Unjudged;
        Texts.AddRange(other.Texts);
    }
}
