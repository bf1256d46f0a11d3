// One line per log entry, times in UTC, exceptions below it.
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Aetheris.Hosting.Startup;

internal sealed class AetherisConsoleFormatter(StartupGate gate, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "aetheris";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (logEntry.Exception is not null && !gate.IsOpen)
            return;
        var message = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception);
        textWriter.WriteLine($"{time.GetUtcNow():HH:mm:ss.fff} {Level(logEntry.LogLevel)} {logEntry.Category}: {message?.ReplaceLineEndings(" ")}");
        if (logEntry.Exception is not null)
            textWriter.WriteLine(logEntry.Exception.ToString());
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
