// The kinds of values that the generic tests run over, and samples of each.
using System.Text.Json;
using Aetheris.Protocol.Codec1.Components;

namespace Aetheris.Protocol.Tests.Codec1;

internal static class Kinds
{
    public static string[] All { get; } =
    [
        "event",
        "framed_update",
        "component:InputCommand",
        "component:ProjectileMarkerLegacy",
        .. Codec1Components.Standard.All.ToArray().Select(codec => "component:" + codec.Name),
    ];

    /// <summary>Kind and bytes of every vector, accepted or not.</summary>
    public static (string Kind, byte[] Bytes)[] Samples { get; } = ReadSamples();

    private static (string Kind, byte[] Bytes)[] ReadSamples()
    {
        var samples = new List<(string, byte[])>();
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors", "codec1"), "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var vector in document.RootElement.EnumerateArray())
                samples.Add((vector.GetProperty("kind").GetString()!, Convert.FromHexString(vector.GetProperty("hex").GetString()!)));
        }

        return [.. samples];
    }
}
