// A room's state as JSON.
using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Json;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Http;

/// <summary>The body of the state route: <c>{room, epoch, tick, stateHash, entities:[{id, type, x, y, vx, vy, rotation, components}]}</c>.</summary>
public static class RoomStateJson
{
    /// <summary>Writes a state; null when the image cannot be read with this definition. Floats are shortest round-trip numbers, the hash is hex because JSON numbers are not 64 bits wide everywhere.</summary>
    public static byte[]? Write(WorldDefinition definition, string room, RoomStateAt state)
    {
        var replica = new RoomReplica(definition);
        if (!replica.TryApply(new FrameHeader(state.Epoch, 0, state.Tick, 0, IsImage: true, state.StateHash), state.Image))
            return null;
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("room", room);
            json.WriteNumber("epoch", state.Epoch);
            json.WriteNumber("tick", state.Tick);
            json.WriteString("stateHash", state.StateHash.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteStartArray("entities");
            var scratch = new ByteWriter(256);
            foreach (var slot in replica.Entities.Slots)
                WriteEntity(json, replica.Entities, slot, scratch);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEntity(Utf8JsonWriter json, EntityTable entities, int slot, ByteWriter scratch)
    {
        ref readonly var transform = ref entities.Column(StandardComponents.Transform)[slot];
        ref readonly var velocity = ref entities.Column(StandardComponents.Velocity)[slot];
        json.WriteStartObject();
        json.WriteNumber("id", entities.IdOf(slot).Value);
        json.WriteNumber("type", transform.EntityType);
        json.WriteNumber("x", transform.X);
        json.WriteNumber("y", transform.Y);
        json.WriteNumber("vx", velocity.X);
        json.WriteNumber("vy", velocity.Y);
        json.WriteNumber("rotation", transform.Rotation);
        json.WriteStartObject("components");
        var mask = entities.MaskOf(slot);
        foreach (var component in entities.Definition.Components)
        {
            if ((mask & component.Bit) == 0 || !ComponentJson.Standard.TryGetName(component.Kind, out var name))
                continue;
            scratch.Clear();
            entities.ColumnAt(component.Index).Write(slot, scratch);
            var reader = new ByteReader(scratch.Written);
            json.WritePropertyName(name);
            if (!ComponentJson.Standard.TryWriteFrameForm(json, component.Kind, ref reader, JsonNumberForm.Plain))
                json.WriteNullValue();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
