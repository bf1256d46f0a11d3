// `aetheris`: the tools around the server, one command per subject.
using System.CommandLine;
using Aetheris.Cli;
using Aetheris.Cli.Bots;
using Aetheris.Cli.Operators;
using Aetheris.Cli.Replay;
using Aetheris.Cli.Tokens;
using Aetheris.Cli.Wire;

Command[] commands =
[
    AddressesCommand.Create(),
    BotsCommand.Create(),
    ReplayCommand.Create(),
    RoomsCommand.Create(),
    SessionsCommand.Create(),
    SilosCommand.Create(),
    TokenCommand.Create(),
    WireCommand.Create(),
    WorldCommand.Create(),
];

var root = new RootCommand("Tools for Aetheris: bots, rooms, silos, sessions and addresses, recordings, wire checks, world scenarios, tokens.");
foreach (var command in commands)
    root.Subcommands.Add(command);
try
{
    var parsed = root.Parse(args);
    if (ReadableErrors.Of(parsed) is { Count: > 0 } errors)
    {
        foreach (var error in errors)
            await Console.Error.WriteLineAsync("aetheris: " + error);
        return 1;
    }

    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e)
{
    await Console.Error.WriteLineAsync("aetheris: " + e.GetType().Name + ": " + e.Message);
    return 1;
}
