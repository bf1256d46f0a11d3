// What is wrong with a command line, in words of its user.
using System.CommandLine;
using System.Text.RegularExpressions;

namespace Aetheris.Cli;

/// <summary>The parser names .NET types; whoever typed "--clients many" wants to read that a whole number is expected.</summary>
internal static partial class ReadableErrors
{
    /// <summary>The errors of a parse of which at least one names a type, one line each; empty when the parser's own words do.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var errors = parsed.Errors.Select(error => error.Message).ToList();
        return errors.Exists(error => TypeName().IsMatch(error)) ? errors.ConvertAll(Reword) : [];
    }

    /// <summary>One error without the name of a type.</summary>
    public static string Reword(string error) => TypeName().Replace(error, match => "as " + Describe(match.Groups["type"].Value));

    private static string Describe(string type) => type switch
    {
        "System.Int32" or "System.Int64" or "System.UInt32" or "System.UInt64" or "System.UInt16" or "System.Byte" => "a whole number",
        "System.Double" or "System.Single" or "System.Decimal" => "a number",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a time such as 00:01:30",
        _ => "what is expected here",
    };

    [GeneratedRegex(@"as expected type '(?<type>[A-Za-z0-9_.`\[\],+ ]+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeName();
}
