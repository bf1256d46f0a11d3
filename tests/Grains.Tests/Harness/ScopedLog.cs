// A log that knows in which scope it is written.
using Microsoft.Extensions.Logging;

namespace Aetheris.Grains.Tests.Harness;

public sealed class ScopedLog : ILogger
{
    private readonly LoggerExternalScopeProvider _scopes = new();

    public List<string> Lines { get; } = [];

    /// <summary>The innermost scope of this flow; null outside all.</summary>
    public string? Scope
    {
        get
        {
            string? innermost = null;
            _scopes.ForEachScope((scope, _) => innermost = scope?.ToString(), 0);
            return innermost;
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => _scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add(formatter(state, exception));
}
