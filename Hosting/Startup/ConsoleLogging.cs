// The log: on stderr, so that stdout carries the ready line alone.
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aetheris.Hosting.Startup;

internal static class ConsoleLogging
{
    public static void AddAetherisConsole(this ILoggingBuilder logging)
    {
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.ClearProviders();
        logging.AddConsole(console =>
        {
            // Logging:Console:FormatterName=json writes every line as an object, for programs that read the log. "simple" is what is there unasked.
            if (console.FormatterName is null or ConsoleFormatterNames.Simple)
                console.FormatterName = AetherisConsoleFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddConsoleFormatter<AetherisConsoleFormatter, ConsoleFormatterOptions>();
    }
}
