// Browsers learn the codec's schema from the gateway; the vectors hold it to what the format was described with.
using System.Text.Json.Nodes;
using Aetheris.Cluster.Tests;

namespace Aetheris.Playground.Tests;

public sealed class WorldRouteTests(PlaygroundServer server)
{
    [Fact]
    public async Task The_world_that_a_gateway_describes_has_the_schema_of_the_vectors()
    {
        using var http = new HttpClient();
        var world = JsonNode.Parse(await http.GetStringAsync(new Uri(server.Http + "/api/world")))!;
        var vectors = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Binaries.Root, "tests", "vectors", "codec2", "standard.json")))!;

        Assert.True(JsonNode.DeepEquals(vectors["schema"], world["schema"]), world["schema"]!.ToJsonString());
        Assert.Equal(100f, world["types"]![0]!["body"]!["max_velocity"]!.GetValue<float>());
    }
}
