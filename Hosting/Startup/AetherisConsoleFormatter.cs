// One line per log entry, times in UTC; only errors of our own bring their stack.
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Aetheris.Hosting.Startup;

internal sealed class AetherisConsoleFormatter(StartupGate gate, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "aetheris";

    // Orleans puts whole membership tables into some of its lines.
    private const int LongestOfOthers = 500;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var isOurs = logEntry.Category.StartsWith("Aetheris", StringComparison.Ordinal);
        if (!gate.IsOpen && !isOurs)
            return;
        var message = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception)?.ReplaceLineEndings(" ");
        if (!isOurs && message?.Length > LongestOfOthers && !gate.IsVerbose)
            message = message[..LongestOfOthers] + "…";
        textWriter.Write($"{time.GetUtcNow():HH:mm:ss.fff} {Level(logEntry.LogLevel)} {logEntry.Category}: {message}");
        if (logEntry.Exception is { } exception && gate.IsOpen)
        {
            // A warning's stack says nothing to an operator, nor does one of the runtime's insides; an error of ours says where to look.
            var details = gate.IsVerbose || (isOurs && logEntry.LogLevel >= LogLevel.Error) ? exception.ToString() : exception.Message.ReplaceLineEndings(" ");
            textWriter.Write($" ({exception.GetType().Name}: {details})");
        }

        // Our own lines name their room or player themselves.
        if (!isOurs)
            scopeProvider?.ForEachScope(WriteScope, textWriter);
        textWriter.WriteLine();
    }

    private static void WriteScope(object? scope, TextWriter writer)
    {
        if (scope is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } fields && fields[0].Key is "Room" or "Player")
            writer.Write($" [{scope}]");
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
