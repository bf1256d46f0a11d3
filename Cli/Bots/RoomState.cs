// A room's own state at one tick, from the state route.
using System.Text.Json;
using Aetheris.Protocol.Json;

namespace Aetheris.Cli.Bots;

/// <summary>
/// <c>{room, epoch, tick, stateHash, entities:[{id, type, x, y, …, components:{Name: value}}]}</c>. A component is looked up under
/// <c>components</c>, else beside <c>id</c>, by its name in codec 1 or the same in camel case.
/// </summary>
internal sealed class RoomState : IDisposable
{
    private readonly JsonDocument _document;
    private readonly Dictionary<ulong, Dictionary<ushort, JsonElement>> _entities = new();

    private RoomState(JsonDocument document, ulong tick)
    {
        _document = document;
        Tick = tick;
    }

    /// <summary>Server tick after which it holds.</summary>
    public ulong Tick { get; }

    /// <summary>Network ids.</summary>
    public IReadOnlyCollection<ulong> Entities => _entities.Keys;

    /// <summary>Components of all entities.</summary>
    public int ValueCount { get; private set; }

    /// <summary>Reads an answer; null if it is something else.</summary>
    public static RoomState? FromJson(Stream json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("tick", out var tick) && TryNumber(tick, out var at)
            && document.RootElement.TryGetProperty("entities", out var entities) && entities.ValueKind == JsonValueKind.Array)
        {
            var state = new RoomState(document, at);
            if (entities.EnumerateArray().All(state.TryAdd))
                return state;
        }

        document.Dispose();
        return null;
    }

    /// <summary>Components of an entity.</summary>
    public bool TryGetEntity(ulong id, out Dictionary<ushort, JsonElement> components) => _entities.TryGetValue(id, out components!);

    public void Dispose() => _document.Dispose();

    private static bool TryNumber(JsonElement element, out ulong value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number
            ? element.TryGetUInt64(out value)
            : element.ValueKind == JsonValueKind.String && ulong.TryParse(element.GetString(), out value);
    }

    private bool TryAdd(JsonElement entity)
    {
        if (entity.ValueKind != JsonValueKind.Object || !entity.TryGetProperty("id", out var number) || !TryNumber(number, out var id))
            return false;
        var components = new Dictionary<ushort, JsonElement>();
        var inside = entity.TryGetProperty("components", out var nested) && nested.ValueKind == JsonValueKind.Object ? nested : entity;
        foreach (var property in inside.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null && TryKind(property.Name, out var kind))
                components[kind] = property.Value;
        }

        _entities[id] = components;
        ValueCount += components.Count;
        return true;
    }

    private static bool TryKind(string name, out ushort kind) =>
        ComponentJson.Standard.TryGetKind(name, out kind)
        || (name.Length > 0 && ComponentJson.Standard.TryGetKind(char.ToUpperInvariant(name[0]) + name[1..], out kind));
}
