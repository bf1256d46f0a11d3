// docker-compose.yml as the tests read it.
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Aetheris.Cluster.Tests.Compose;

/// <summary>The services of a compose file, anchors and merges resolved.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object> _root;

    private ComposeFile(Dictionary<object, object> root) => _root = root;

    public IReadOnlyDictionary<string, ComposeService> Services => Map(_root["services"])
        .ToDictionary(service => (string)service.Key, service => new ComposeService((string)service.Key, Map(service.Value)), StringComparer.Ordinal);

    public static ComposeFile Read(string path)
    {
        using var text = File.OpenText(path);
        var parser = new MergingParser(new Parser(text));
        return new ComposeFile(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser));
    }

    public static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;
}
