// Components as JSON objects by field name: for the state route, the bots' comparison, vectors and tools.
using System;
using System.Collections.Generic;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;

namespace Aetheris.Protocol.Json;

/// <summary>
/// JSON of every replicated component (PilotStatus and Ownership stay between servers and have none). Immutable; any thread may use it.
/// </summary>
public sealed class ComponentJson
{
    private readonly Codec1Components _codecs;
    private readonly Dictionary<ushort, WireSchema> _schemas;

    private ComponentJson(Codec1Components codecs, Dictionary<ushort, WireSchema> schemas)
    {
        _codecs = codecs;
        _schemas = schemas;
    }

    /// <summary>The components of WIRE_FORMAT §8.</summary>
    public static ComponentJson Standard { get; } =
        new(Codec1Components.Standard, new Dictionary<ushort, WireSchema>(WireSchemas.Components));

    /// <summary>The codecs behind it.</summary>
    public Codec1Components Codecs => _codecs;

    /// <summary>This set and a game's own component.</summary>
    /// <exception cref="ArgumentException">The kind is taken.</exception>
    public ComponentJson With(ComponentCodec codec, WireSchema schema) =>
        new(_codecs.With(codec), new Dictionary<ushort, WireSchema>(_schemas) { { codec.Kind, schema } });

    /// <summary>Name of a kind.</summary>
    public bool TryGetName(ushort kind, out string name)
    {
        var found = _codecs.TryGet(kind, out var codec);
        name = found ? codec.Name : string.Empty;
        return found;
    }

    /// <summary>Kind with a name.</summary>
    public bool TryGetKind(string name, out ushort kind)
    {
        var found = _codecs.TryGet(name, out var codec);
        kind = found ? codec.Kind : (ushort)0;
        return found;
    }

    /// <summary>Writes a component as one JSON value (an object, but a string for ShipClass and a number for RoomMembership).</summary>
    /// <returns>False, and nothing written, for a kind without JSON or of another type.</returns>
    public bool TryWrite<T>(Utf8JsonWriter json, ushort kind, in T value, JsonNumberForm form)
        where T : struct, IComponent<T>
    {
        if (!_schemas.TryGetValue(kind, out var schema) || !_codecs.TryGet<T>(kind, out var codec))
            return false;
        var payload = new ByteWriter(64);
        codec.Write(payload, in value);
        var reader = new MessagePackReader(payload.Written);
        return WireJson.TryWrite(json, ref reader, schema, form);
    }

    /// <summary>As <see cref="TryWrite{T}"/> with plain numbers.</summary>
    public bool WritePlain<T>(Utf8JsonWriter json, ushort kind, in T value)
        where T : struct, IComponent<T> => TryWrite(json, kind, in value, JsonNumberForm.Plain);

    /// <summary>Decodes a codec-1 payload and writes it as one JSON value.</summary>
    /// <returns>False, and nothing written, for a kind without JSON and for a payload the original refuses.</returns>
    public bool TryWritePayload(Utf8JsonWriter json, ushort kind, ReadOnlySpan<byte> payload, JsonNumberForm form)
    {
        if (!_schemas.TryGetValue(kind, out var schema) || !_codecs.TryGet(kind, out var codec))
            return false;
        var canonical = new ByteWriter(64);
        var writer = new MessagePackWriter(canonical);
        if (!codec.TryCanonicalize(payload, ref writer))
            return false;
        writer.Flush();
        var reader = new MessagePackReader(canonical.Written);
        return WireJson.TryWrite(json, ref reader, schema, form);
    }

    /// <summary>Reads the component's little-endian form (frames, snapshots) and writes it as one JSON value.</summary>
    /// <returns>False, and nothing written, for a kind without JSON and for a cut form; the reader is then spent.</returns>
    public bool TryWriteFrameForm(Utf8JsonWriter json, ushort kind, scoped ref ByteReader from, JsonNumberForm form)
    {
        if (!_schemas.TryGetValue(kind, out var schema) || !_codecs.TryGet(kind, out var codec))
            return false;
        var canonical = new ByteWriter(64);
        var writer = new MessagePackWriter(canonical);
        if (!codec.TryTranscode(ref from, ref writer))
            return false;
        writer.Flush();
        var reader = new MessagePackReader(canonical.Written);
        return WireJson.TryWrite(json, ref reader, schema, form);
    }

    /// <summary>Reads a component from JSON in either form of numbers.</summary>
    public bool TryRead<T>(JsonElement json, ushort kind, out T value)
        where T : struct, IComponent<T>
    {
        value = default;
        if (!_schemas.TryGetValue(kind, out var schema) || !_codecs.TryGet<T>(kind, out var codec))
            return false;
        var payload = new ByteWriter(64);
        var writer = new MessagePackWriter(payload);
        if (!WireJson.TryRead(json, schema, ref writer))
            return false;
        writer.Flush();
        return codec.TryRead(payload.Written, out value);
    }

    internal bool TryGetSchema(ushort kind, out WireSchema schema) => _schemas.TryGetValue(kind, out schema!);
}
