// Which rooms may be created.
using System.Diagnostics.CodeAnalysis;
using Aetheris.Protocol.Components;

namespace Aetheris.Grains.Configuration;

/// <summary>Section <c>Aetheris:Rooms</c>.</summary>
public sealed class RoomsOptions
{
    /// <summary>Name of the template of rooms that are created by name.</summary>
    public const string DefaultTemplate = "default";

    /// <summary>Longest name of a template: instances append a number to it.</summary>
    public const int MaxTemplateName = 48;

    /// <summary>
    /// Seconds after which an empty, unwatched room closes unless its template says otherwise: long enough for a crowd that reconnects, short
    /// enough that rooms somebody once asked for by name do not tick for ever.
    /// </summary>
    private const int DefaultIdleCloseSeconds = 120;

    /// <summary>Anybody may create a room by asking for its name; on in Development.</summary>
    public bool CreateByName { get; set; }

    /// <summary>Seconds between two moves of a room from a silo with many rooms to one with few, 0–3,600; 0 = never.</summary>
    public int RebalanceSeconds { get; set; } = 30;

    /// <summary>
    /// Seconds that a match keeps a place for a player who has not arrived, 1–600. Longer than the life of a connect token, so that nobody
    /// who is still on the way finds the place taken.
    /// </summary>
    public int SeatSeconds { get; set; } = 35;

    /// <summary>Open rooms that one player may have created by name, 0–1,000, 0 = no bound; 16, in Development no bound. Operators have none.</summary>
    public int PerPlayer { get; set; }

    /// <summary>Templates by name.</summary>
    public IDictionary<string, RoomTemplate> Templates { get; } = new SortedDictionary<string, RoomTemplate>(StringComparer.Ordinal)
    {
        [DefaultTemplate] = new(Capacity: 0, RoomAccess.Open, Stress: 0, DefaultIdleCloseSeconds),
        ["duel50"] = new(Capacity: 50, RoomAccess.Open, Stress: 0, DefaultIdleCloseSeconds),
    };

    /// <summary>Finds a template.</summary>
    public bool TryGetTemplate(string? name, [NotNullWhen(true)] out RoomTemplate? template)
    {
        template = null;
        return name is not null && Templates.TryGetValue(name, out template);
    }
}
