// What the operators' commands share: options, errors, output.
using System.CommandLine;
using System.Text.Json;

namespace Aetheris.Cli.Operators;

internal static class OperatorCommand
{
    /// <summary>A command with <c>--http</c> and <c>--json</c>.</summary>
    /// <param name="name">Name.</param>
    /// <param name="description">Help.</param>
    /// <param name="ask">The call.</param>
    /// <param name="print">The answer as text.</param>
    /// <param name="succeeded">Whether the exit code is 0.</param>
    /// <param name="arguments">Its own arguments.</param>
    public static Command Create(
        string name,
        string description,
        Func<OperatorApi, ParseResult, CancellationToken, Task<JsonElement>> ask,
        Func<JsonElement, string> print,
        Func<JsonElement, bool> succeeded,
        params Argument<string>[] arguments)
    {
        var http = new Option<string>("--http") { Description = "Base URL of a gateway.", DefaultValueFactory = _ => "http://localhost:8080" };
        var json = new Option<bool>("--json") { Description = "The answer as JSON on standard output." };
        var command = new Command(name, description) { http, json };
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                using var api = OperatorApi.Open(parsed.GetValue(http)!);
                var answer = await ask(api, parsed, cancellation);
                await parsed.InvocationConfiguration.Output.WriteLineAsync((parsed.GetValue(json) ? answer.GetRawText() : print(answer)).TrimEnd());
                return succeeded(answer) ? 0 : 1;
            }
            catch (OperatorException exception)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("error: " + exception.Message);
                return 1;
            }
        });
        return command;
    }
}
