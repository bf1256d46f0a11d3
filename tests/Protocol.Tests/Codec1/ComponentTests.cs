// Every component: round trip, field names, JSON in both forms, and a game's own component.
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Json;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec1;

public sealed class ComponentTests
{
    // JSON names that are not the member's name in snake_case.
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["Velocity.X"] = "dx",
        ["Velocity.Y"] = "dy",
        ["Velocity.Z"] = "dz",
        ["ShipStats.ShieldRegenPerSecond"] = "shield_regen_per_s",
        ["ShipStats.EnergyRegenPerSecond"] = "energy_regen_per_s",
        ["Station.X"] = "position[0]",
        ["Station.Y"] = "position[1]",
        ["ProjectileMarker.SpawnX"] = "spawn_pos[0]",
        ["ProjectileMarker.SpawnY"] = "spawn_pos[1]",
        ["RoomMembership.Room"] = "",
        ["ShipClassComponent.Value"] = "",
    };

    public static TheoryData<ushort> AllKinds() => [.. Codec1Components.Standard.All.ToArray().Select(codec => codec.Kind)];

    [Fact]
    public void All_24_replicated_kinds_have_a_codec_and_json()
    {
        Assert.Equal(24, Codec1Components.Standard.All.Length);
        foreach (var codec in Codec1Components.Standard.All)
            Assert.True(WireSchemas.Components.ContainsKey(codec.Kind), codec.Name);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Every_field_round_trips_and_has_its_name_in_json(ushort kind)
    {
        Codec1Components.Standard.TryGet(kind, out var codec);
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var value = Activator.CreateInstance(codec.ValueType)!;
                foreach (var field in codec.ValueType.GetFields(BindingFlags.Public | BindingFlags.Instance))
                    field.SetValue(value, RandomValue(field.FieldType, random));
                Normalize(value);

                var frame = new ByteWriter();
                codec.ValueType.GetMethod("Write")!.Invoke(value, [frame]);
                var payload = new ByteWriter();
                var reader = new ByteReader(frame.Written);
                var writer = new MessagePackWriter(payload);
                Assert.True(codec.TryTranscode(ref reader, ref writer));
                writer.Flush();
                var back = new ByteWriter();
                Assert.True(codec.TryTranscode(payload.Written, back));
                Assert.Equal(frame.Written, back.Written);

                var plain = Json(json => ComponentJson.Standard.TryWritePayload(json, kind, payload.Written, JsonNumberForm.Plain));
                foreach (var field in codec.ValueType.GetFields(BindingFlags.Public | BindingFlags.Instance))
                    CheckField(plain, value, field);

                var again = new ByteWriter();
                Assert.True(WireValueKinds.TryEncode("component:" + codec.Name, plain, again));
                Assert.Equal(payload.Written, again.Written);
            },
            iter: 50);
    }

    [Fact]
    public void Plain_json_is_the_shortest_number_that_reads_back()
    {
        var value = new Transform { X = 0.1f, Y = -0f, Z = float.NaN, Rotation = float.NegativeInfinity, EntityType = 3 };
        var json = Json(writer => ComponentJson.Standard.WritePlain(writer, ComponentKinds.Transform, in value));
        Assert.Equal("""{"x":0.1,"y":-0,"z":"NaN","rotation":"-Infinity","entity_type":3}""", json.GetRawText());
        Assert.True(ComponentJson.Standard.TryRead<Transform>(json, ComponentKinds.Transform, out var back));
        Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(back.Y));
        Assert.Equal(0.1f, back.X);
    }

    [Fact]
    public void A_game_adds_its_own_component_and_takes_no_kind_twice()
    {
        var codecs = Codec1Components.Standard.With(new HeatCodec(2000));
        var into = new ByteWriter();
        Assert.True(codecs.TryWrite(into, 2000, new HullPool { Current = 5, Max = 9 }));
        Assert.True(codecs.TryRead<HullPool>(into.Written, 2000, out var value));
        Assert.Equal(5, value.Current);
        Assert.False(codecs.TryWrite(into, 2000, default(Transform)));
        Assert.Throws<ArgumentException>(() => codecs.With(new HeatCodec(2000)));
        Assert.Throws<ArgumentException>(() => codecs.With(new HeatCodec(ComponentKinds.PilotStatus)));
    }

    private static object RandomValue(Type type, Random random)
    {
        if (type == typeof(float))
            return BitConverter.Int32BitsToSingle(random.Next() & 0x7F7FFFFF);
        if (type == typeof(string))
            return new string('ä', random.Next(0, 32));
        if (type == typeof(bool))
            return random.Next(2) == 1;
        if (type == typeof(WeaponIds))
        {
            var weapons = default(WeaponIds);
            for (var slot = 0; slot < WeaponIds.Count; slot++)
                weapons[slot] = (byte)random.Next(256);
            return weapons;
        }

        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!;
        var number = (ulong)random.NextInt64() >> random.Next(0, 63);
        return Convert.ChangeType(
            number & (type == typeof(byte) ? byte.MaxValue : type == typeof(ushort) ? ushort.MaxValue : type == typeof(uint) ? uint.MaxValue : ulong.MaxValue),
            type,
            CultureInfo.InvariantCulture);
    }

    // Fields that another field makes meaningless do not travel.
    private static void Normalize(object value)
    {
        if (value is MiningBeam { HasTarget: false })
            value.GetType().GetField("Target")!.SetValue(value, 0UL);
        if (value is RoomDefinition { Access: not RoomAccess.Permission })
            value.GetType().GetField("Permission")!.SetValue(value, string.Empty);
    }

    private static void CheckField(JsonElement json, object value, FieldInfo field)
    {
        if (value is RoomDefinition && field.Name is "Permission" or "Access")
        {
            var access = json.GetProperty("access");
            var expected = ((RoomDefinition)value).Access == RoomAccess.Permission
                ? "{\"Permission\":\"" + ((RoomDefinition)value).Permission + "\"}"
                : "\"" + ((RoomDefinition)value).Access + "\"";
            using var document = JsonDocument.Parse(expected);
            Assert.True(JsonElement.DeepEquals(document.RootElement, access));
            return;
        }

        if (value is MiningBeam && field.Name is "HasTarget" or "Target")
        {
            var target = json.GetProperty("target");
            ulong? expected = ((MiningBeam)value).HasTarget ? ((MiningBeam)value).Target : null;
            Assert.Equal(expected, target.ValueKind == JsonValueKind.Null ? null : (ulong?)target.GetUInt64());
            return;
        }

        if (!Renamed.TryGetValue(value.GetType().Name + "." + field.Name, out var name))
            name = JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        var element = name.Length == 0 ? json
            : bracket > 0 ? json.GetProperty(name[..bracket])[name[bracket + 1] - '0']
            : json.GetProperty(name);
        switch (field.GetValue(value))
        {
            case float single:
                Assert.Equal(single, element.GetSingle());
                break;
            case bool boolean:
                Assert.Equal(boolean, element.GetBoolean());
                break;
            case WeaponIds weapons:
                for (var slot = 0; slot < WeaponIds.Count; slot++)
                    Assert.Equal(weapons[slot], element[slot].GetByte());
                break;
            case string or Enum:
                Assert.Equal(field.GetValue(value)!.ToString(), element.GetString());
                break;
            default:
                Assert.Equal(Convert.ToUInt64(field.GetValue(value), CultureInfo.InvariantCulture), element.GetUInt64());
                break;
        }
    }

    private static JsonElement Json(Func<Utf8JsonWriter, bool> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            Assert.True(write(json));
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        return document.RootElement.Clone();
    }

    private sealed class HeatCodec(ushort kind) : ComponentCodec<HullPool>(kind, "Heat")
    {
        public override void Write(scoped ref MessagePackWriter writer, in HullPool value)
        {
            writer.WriteArrayHead(2);
            writer.WriteUInt(value.Current);
            writer.WriteUInt(value.Max);
        }

        public override bool TryRead(scoped ref MessagePackReader reader, out HullPool value)
        {
            value = default;
            if (!(reader.TryBeginArray(2) && reader.TryReadUInt16(out value.Current) && reader.TryReadUInt16(out value.Max)))
                return false;
            reader.EndSequence();
            return true;
        }
    }
}
