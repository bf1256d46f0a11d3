// A log that keeps its lines and what they are made of.
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class LineLog : ILogger
{
    public List<(LogLevel Level, string Text, Dictionary<string, object?> Fields)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var fields = (state as IEnumerable<KeyValuePair<string, object?>>)?.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal) ?? [];
        Lines.Add((logLevel, formatter(state, exception), fields));
    }
}
