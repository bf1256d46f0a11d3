// One schema for all clients of a process that play by the same rules.
using System;
using Aetheris.Protocol.Codec2;
using Aetheris.World;

namespace Aetheris.Client.View.Codec2;

/// <summary>Schemas are immutable and take a world to make: the last one is kept.</summary>
internal static class SharedSchema
{
    private static Tuple<WorldDefinition, Codec2Schema>? _last;

    /// <summary>The schema of rooms with these rules.</summary>
    /// <param name="definition">The rules.</param>
    /// <param name="tickRate">Ticks per second; outside 1–1,000 it counts as 60.</param>
    public static Codec2Schema Of(WorldDefinition definition, int tickRate)
    {
        var rate = tickRate is >= 1 and <= 1000 ? tickRate : 60;
        var last = _last;
        if (last is not null && last.Item1 == definition && last.Item2.TickRate == rate)
            return last.Item2;
        var schema = Codec2Schemas.Build(definition, rate);
        _last = Tuple.Create(definition, schema);
        return schema;
    }
}
