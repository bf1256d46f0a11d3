// Habits of the sources that the compiler does not check.
using System.Text.RegularExpressions;

namespace Aetheris.Architecture.Tests;

public sealed partial class SourceTests
{
    [Fact]
    public void Every_file_says_first_what_it_is_for()
    {
        Assert.Empty(Repository.Sources().Where(file => !File.ReadLines(file).First().TrimStart('\uFEFF').StartsWith("// ", StringComparison.Ordinal)).Select(Short));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Aetheris.Orleans.sln"));
        var missing = Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileName)
            .Concat(Repository.Projects.Keys.Select(project => project + ".csproj"))
            .Where(file => !solution.Contains($"\\{file}\"", StringComparison.Ordinal)).ToList();

        Assert.Empty(missing);
    }

    [Fact]
    public void No_file_hides_behind_a_region_or_a_vague_name()
    {
        Assert.Empty(Repository.Sources().Where(file => Region().IsMatch(File.ReadAllText(file))).Select(Short));
        Assert.Empty(Repository.Sources().Where(file => VagueName().IsMatch(Path.GetFileNameWithoutExtension(file))).Select(Short));
    }

    [Fact]
    public void Nothing_is_left_for_later_in_silence()
    {
        var unfinished = Repository.Sources().Where(file => !file.EndsWith(nameof(SourceTests) + ".cs", StringComparison.Ordinal))
            .Where(file => Unfinished().IsMatch(File.ReadAllText(file)));

        Assert.Empty(unfinished.Select(Short));
    }

    private static string Short(string file) => Path.GetRelativePath(Repository.Root, file);

    [GeneratedRegex(@"^\s*#region", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Region();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"NotImplementedException|\b(TODO|HACK|FIXME)\b|catch\s*(\(Exception[^)]*\))?\s*\{\s*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unfinished();
}
