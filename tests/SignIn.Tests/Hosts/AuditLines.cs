// What the audit log says, kept for the tests.
using System.Collections.Concurrent;
using Aetheris.Gateway.Connections;
using Microsoft.Extensions.Logging;

namespace Aetheris.SignIn.Tests.Hosts;

internal sealed class AuditLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _audit = new();
    private readonly ConcurrentQueue<string> _all = new();

    public IReadOnlyCollection<string> Audit => _audit;

    /// <summary>Every line of every category.</summary>
    public IReadOnlyCollection<string> All => _all;

    public ILogger CreateLogger(string categoryName) => new Lines(this, string.Equals(categoryName, AuditLog.Category, StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Lines(AuditLines owner, bool isAudit) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = formatter(state, exception);
            owner._all.Enqueue(line + exception);
            if (isAudit)
                owner._audit.Enqueue(line);
        }
    }
}
