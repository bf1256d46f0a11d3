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

    /// <summary>Every test method of the repository as <c>Class.Method</c>; tests hold one class per file, named as the file.</summary>
    private static HashSet<string> Tests() => Repository.Sources("tests")
        .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups["name"].Value}"))
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^\| (?<id>[TW]-\w+) \|(?<what>[^|\n]*)\|(?<shown>[^|\n]*)\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParityRow();

    [GeneratedRegex(@"\[ADR \d{4}\]\((?<file>adr/[^)]+\.md)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AdrLink();

    [GeneratedRegex(@"\[(Fact|Theory)[^\n]*\](\s*\[[^\n]*\])*\s*public (async )?(void|Task|ValueTask) (?<name>\w+)\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestMethod();
}
