// The time in which a span is the current one.
using System.Diagnostics;

namespace Aetheris.Grains.Interfaces.Tracing;

/// <summary>Gives the current place back when it is disposed of. Does nothing for no span.</summary>
public readonly ref struct SpanScope
{
    private readonly Activity? _span;
    private readonly Activity? _ambient;

    internal SpanScope(Activity? span)
    {
        _span = span;
        if (span is null)
            return;
        _ambient = Activity.Current;
        Activity.Current = span;
    }

    /// <summary>The span is current no longer; it goes on.</summary>
    public void Dispose()
    {
        if (_span is not null)
            Activity.Current = _ambient;
    }
}
