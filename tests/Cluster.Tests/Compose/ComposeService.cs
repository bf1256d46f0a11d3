// One service of docker-compose.yml.
using System.Text.RegularExpressions;

namespace Aetheris.Cluster.Tests.Compose;

internal sealed partial class ComposeService(string name, Dictionary<object, object> yaml)
{
    public string Name => name;

    public string Image => (string)yaml["image"];

    /// <summary>The Dockerfile of an image of ours, null for others'.</summary>
    public string? Dockerfile => yaml.TryGetValue("build", out var build) ? (string)ComposeFile.Map(build)["dockerfile"] : null;

    public IReadOnlyList<string> Command => Texts("command");

    public IReadOnlyList<string> Volumes => Texts("volumes");

    public IReadOnlyList<string> DependsOn => yaml.TryGetValue("depends_on", out var services) ? [.. ComposeFile.Map(services).Keys.Cast<string>()] : [];

    /// <summary>Such as (5002, 5002, udp): on the host, in the container, how.</summary>
    public IReadOnlyList<(int Host, int Container, string Protocol)> Ports => [.. Texts("ports").Select(Port)];

    /// <summary>The environment with <c>${NAME:?text}</c> replaced; a name without a value fails, as compose does.</summary>
    public Dictionary<string, string> Environment(IReadOnlyDictionary<string, string> values) =>
        !yaml.TryGetValue("environment", out var environment) ? [] : ComposeFile.Map(environment).ToDictionary(
            pair => (string)pair.Key,
            pair => Reference().Replace((string)pair.Value, match => values[match.Groups["name"].Value]),
            StringComparer.Ordinal);

    private List<string> Texts(string key) => yaml.TryGetValue(key, out var list) ? [.. ((List<object>)list).Cast<string>()] : [];

    private static (int Host, int Container, string Protocol) Port(string text)
    {
        var match = PortMapping().Match(text);
        Assert.True(match.Success, $"'{text}' is not [address:]host:container/protocol");
        return (Number("host"), Number("container"), match.Groups["protocol"].Value);

        int Number(string group) => int.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):\?[^}]+\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(127\.0\.0\.1:)?(?<host>\d+):(?<container>\d+)/(?<protocol>udp|tcp)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PortMapping();
}
