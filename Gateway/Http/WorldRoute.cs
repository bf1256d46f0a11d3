// What a client that is not built from the world's definition needs to know of it.
using System.Globalization;
using System.Text.Json;
using Aetheris.Protocol.Json;
using Aetheris.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary>
/// <c>GET /api/world</c>: <c>{version, schema, types}</c>. The schema is that of codec 2, in the form of the vectors' files and for 60 ticks
/// per second; types name what a page draws and how ships move. Public, and the same for the life of the process.
/// </summary>
internal static class WorldRoute
{
    private const int TickRate = 60;

    public static void Map(IEndpointRouteBuilder routes, WorldDefinition definition)
    {
        var json = Write(definition);
        routes.MapGet("/api/world", () => TypedResults.Bytes(json, "application/json")).WithSummary("Components, entity types and the codec-2 schema of the rooms");
    }

    internal static byte[] Write(WorldDefinition definition)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("version", definition.WorldVersion.ToString(CultureInfo.InvariantCulture));
            json.WritePropertyName("schema");
            Codec2SchemaJson.Write(json, Codec2Schemas.Build(definition, TickRate));
            json.WriteStartArray("types");
            for (var number = 0; number <= ushort.MaxValue; number++)
            {
                if (EntityTypes.TryGet((ushort)number, out var type))
                    Write(json, type);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, EntityType type)
    {
        json.WriteStartObject();
        json.WriteNumber("number", type.Number);
        json.WriteString("name", type.Name);
        json.WriteBoolean("is_ship", type.IsShip);
        json.WriteNumber("beam_range", type.BeamRange);
        if (type.Body is { } body)
            Write(json, body);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in PhysicsBody body)
    {
        json.WriteStartObject("body");
        json.WriteNumber("base_mass", body.BaseMass);
        json.WriteNumber("thrust_force", body.ThrustForce);
        json.WriteNumber("max_velocity", body.MaxVelocity);
        json.WriteNumber("turn_rate", body.TurnRate);
        json.WriteNumber("drag", body.Drag);
        json.WriteNumber("mass_per_ore", body.MassPerOre);
        json.WriteEndObject();
    }
}
