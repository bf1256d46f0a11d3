// The traces of rooms and gateways.
using System.Diagnostics;

namespace Aetheris.Grains.Interfaces.Tracing;

/// <summary>
/// Spans of what is rare or sampled: a tick in <see cref="TickPeriod"/>, a join, a move. Nobody listens unless an exporter is configured,
/// and then everything here costs a comparison and allocates nothing. Calls to grains under a span carry its W3C context.
/// </summary>
public static class Spans
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "Aetheris";

    /// <summary>Beginning of the name of every span here; only such spans begin traces.</summary>
    public const string Prefix = "aetheris.";

    /// <summary>Ticks of a room from one traced tick to the next: ten seconds at 60 Hz.</summary>
    public const ulong TickPeriod = 600;

    private static readonly ActivitySource Source = new(SourceName);

    // A parent that is not sampled: calls under it begin no trace of their own, and cost nothing.
    private static readonly Activity Quiet = CreateQuiet();

    /// <summary>Whether an exporter listens.</summary>
    public static bool AreHeard => Source.HasListeners();

    /// <summary>Begins a span; it does not become the current one.</summary>
    /// <param name="name">Name, with <see cref="Prefix"/>.</param>
    /// <param name="parent">What it is a part of; default for a trace of its own.</param>
    /// <param name="start">When it began; default for now.</param>
    /// <returns>Null when nobody listens or the parent is not sampled.</returns>
    public static Activity? Begin(string name, ActivityContext parent = default, DateTimeOffset start = default)
    {
        if (!Source.HasListeners())
            return null;
        var ambient = Activity.Current;
        Activity.Current = null;
        var span = Source.StartActivity(name, ActivityKind.Internal, parent, startTime: start);
        Activity.Current = ambient;
        return span;
    }

    /// <summary>Makes a span current until the scope is disposed of, so that calls to grains become parts of it.</summary>
    public static SpanScope Enter(Activity? span) => new(span);

    /// <summary>Makes a span current for the rest of the calling async method; null changes nothing.</summary>
    public static void Continue(Activity? span)
    {
        if (span is not null)
            Activity.Current = span;
    }

    /// <summary>Ends a span.</summary>
    /// <param name="span">The span; null is nothing.</param>
    /// <param name="failure">Why what it describes failed; null for success.</param>
    public static void End(Activity? span, string? failure = null)
    {
        if (span is null)
            return;
        if (failure is not null)
            span.SetStatus(ActivityStatusCode.Error, failure);
        var ambient = Activity.Current;
        span.Stop();
        Activity.Current = ReferenceEquals(ambient, span) ? null : ambient;
    }

    /// <summary>Called once by a thread whose calls are not to begin traces by themselves: the clock's and the edge's.</summary>
    public static void KeepThreadQuiet()
    {
        if (AreHeard)
            Activity.Current = Quiet;
    }

    private static Activity CreateQuiet()
    {
        var ambient = Activity.Current;
        Activity.Current = null;
        var quiet = new Activity("quiet").SetIdFormat(ActivityIdFormat.W3C).Start();
        Activity.Current = ambient;
        return quiet;
    }
}
