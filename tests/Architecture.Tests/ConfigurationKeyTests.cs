// Help, documentation and code know the same configuration keys.
using System.Text.RegularExpressions;
using Aetheris.Hosting.Help;

namespace Aetheris.Architecture.Tests;

public sealed partial class ConfigurationKeyTests
{
    private static readonly HashSet<string> Known = ConfigurationKeys.All.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Every_key_that_the_code_names_is_in_the_help()
    {
        var named = Repository.Projects.Keys.SelectMany(project => Repository.Sources(project))
            .SelectMany(file => NamedKey().Matches(File.ReadAllText(file)).Select(match => match.Groups["key"].Value))
            .Where(name => !name.StartsWith("Section:", StringComparison.Ordinal) && !name.StartsWith("X:", StringComparison.Ordinal));

        // A section is known by the keys in it.
        Assert.DoesNotContain(named, name => !Known.Contains(name) && !Known.Any(key => key.StartsWith(name + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_property_of_an_options_class_is_in_the_help()
    {
        var missing = new List<string>();
        foreach (var file in Repository.Projects.Keys.SelectMany(project => Repository.Sources(project)).Where(file => file.EndsWith("Options.cs", StringComparison.Ordinal)))
        {
            var text = File.ReadAllText(file);
            if (OptionsSection().Match(text) is not { Success: true } section)
                continue;
            missing.AddRange(OptionsProperty().Matches(text).Select(property => $"{section.Groups["key"].Value}:{property.Groups["key"].Value}").Where(name => !Known.Contains(name)));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void No_key_is_explained_twice()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        Assert.Equal(Known.Count, ConfigurationKeys.All.Count);
        Assert.Empty(DocumentedKey().Matches(page).Select(match => match.Groups["key"].Value).Intersect(Known, StringComparer.Ordinal));
    }

    // How it comes to be there: Reference/ReferenceTests.cs.
    [Fact]
    public void The_reference_has_a_row_for_every_key()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "configuration.md"));

        Assert.Equal(Known.Order(StringComparer.Ordinal), DocumentedKey().Matches(page).Select(match => match.Groups["key"].Value).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("Aetheris:(?<key>[A-Z][A-Za-z]+(:[A-Z][A-Za-z]+)+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedKey();

    [GeneratedRegex("const string Section = \"Aetheris:(?<key>[A-Za-z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionsSection();

    [GeneratedRegex(@"public \S+ (?<key>\w+) \{ get; set; \}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionsProperty();

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z<>:]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocumentedKey();
}
