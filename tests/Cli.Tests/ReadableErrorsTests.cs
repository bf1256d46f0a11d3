// What is wrong with a command line is said without the names of .NET types.
using System.CommandLine;

namespace Aetheris.Cli.Tests;

public sealed class ReadableErrorsTests
{
    [Theory]
    [InlineData("--clients", "many", "a whole number")]
    [InlineData("--loss", "much", "a number")]
    public void A_value_of_the_wrong_kind_is_refused_with_the_kind_that_is_expected(string option, string value, string expected)
    {
        var command = new Command("bots") { new Option<int>("--clients"), new Option<double>("--loss") };

        var error = Assert.Single(ReadableErrors.Of(command.Parse([option, value])));

        Assert.Contains($"'{value}' for option '{option}'", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_errors_are_left_to_the_parser_which_knows_what_was_meant() =>
        Assert.Empty(ReadableErrors.Of(new Command("bots") { new Option<int>("--clients") }.Parse(["--cleints", "3"])));
}
