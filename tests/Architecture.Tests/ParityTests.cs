// docs/parity.md against the list of requirements, the tests and the decision records.
using System.Text.RegularExpressions;

namespace Aetheris.Architecture.Tests;

public sealed partial class ParityTests
{
    private static readonly List<(string Requirement, string What, string Shown)> Rows =
        ParityRow().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "parity.md")))
            .Select(match => (match.Groups["id"].Value, match.Groups["what"].Value.Trim(), match.Groups["shown"].Value.Trim())).ToList();

    [Fact]
    public void Every_requirement_has_exactly_one_row()
    {
        var required = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "vectors", "parity", "requirements.txt")).Where(line => line.Length > 0);
        Assert.Equal(required, Rows.Select(row => row.Requirement));
    }

    [Fact]
    public void Every_row_says_what_holds_and_what_shows_it()
    {
        Assert.Empty(Rows.Where(row => row.What.Length == 0 || row.Shown.Length == 0).Select(row => row.Requirement));
    }

    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        var tests = Tests();
        var missing = from row in Rows
                      from name in row.Shown.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                      where !AdrLink().IsMatch(name) && !tests.Contains(name.Trim('`'))
                      select $"{row.Requirement}: {name}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_record_that_the_table_names_exists()
    {
        var missing = from row in Rows
                      from Match link in AdrLink().Matches(row.Shown)
                      where !File.Exists(Path.Combine(Repository.Root, "docs", link.Groups["file"].Value))
                      select $"{row.Requirement}: {link.Groups["file"].Value}";

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("[Fact]\n    public void A()", "A")]
    [InlineData("[Theory]\n    [InlineData(1)]\n    public async Task A(int x)", "A")]
    [InlineData("[Fact(Skip = \"later\")]\n    public void A()", null)]
    [InlineData("[Theory]\n    [InlineData(1, Skip=\"no\")]\n    public void A(int x)", null)]
    [InlineData("[Fact(SkipUnless = nameof(Has))]\n    public void A()", null)]
    public void A_skipped_test_shows_nothing(string source, string? name) => Assert.Equal(name, RunTests(source).SingleOrDefault());

    /// <summary>Every test method of the repository as <c>Class.Method</c>; tests hold one class per file, named as the file.</summary>
    private static HashSet<string> Tests() => Repository.Sources("tests")
        .SelectMany(file => RunTests(File.ReadAllText(file)).Select(name => $"{Path.GetFileNameWithoutExtension(file)}.{name}"))
        .ToHashSet(StringComparer.Ordinal);

    // A test that is skipped shows nothing; Skip, SkipWhen and SkipUnless all say so in an attribute.
    private static IEnumerable<string> RunTests(string source) => TestMethod().Matches(source)
        .Where(match => !SkipMark().IsMatch(match.Groups["attributes"].Value))
        .Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"\bSkip(When|Unless|Exceptions|TestWithoutData)?\s*=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SkipMark();

    [GeneratedRegex(@"^\| (?<id>[TW]-\w+) \|(?<what>[^|\n]*)\|(?<shown>[^|\n]*)\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParityRow();

    [GeneratedRegex(@"\[ADR \d{4}\]\((?<file>adr/[^)]+\.md)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AdrLink();

    [GeneratedRegex(@"(?<attributes>\[(Fact|Theory)[^\n]*\](\s*\[[^\n]*\])*)\s*public (async )?(void|Task|ValueTask) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestMethod();
}
