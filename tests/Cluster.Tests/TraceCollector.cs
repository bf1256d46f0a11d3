// An OpenTelemetry collector that only remembers who is whose parent.
using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Aetheris.Cluster.Tests;

/// <summary>Receives OTLP over HTTP on loopback and reads service, trace, span, parent and name of each span; everything else is skipped.</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly Task _serving;

    public TraceCollector()
    {
        var port = FreePort.Tcp();
        Endpoint = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add(Endpoint + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>One span.</summary>
    internal sealed record Span(string Service, string Trace, string Id, string Parent, string Name);

    public string Endpoint { get; }

    /// <summary>What makes a process export here.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
    };

    /// <summary>Whether a trace has all of some spans, each by its name and the service that it must be of.</summary>
    public bool HasTrace(params (string Service, string Name)[] wanted) => _spans.GroupBy(span => span.Trace, StringComparer.Ordinal)
        .Any(trace => wanted.All(part => trace.Any(span => span.Service == part.Service && span.Name == part.Name)));

    /// <summary>Every span, one line each, for a failure.</summary>
    public string Describe() => string.Join('\n', _spans.GroupBy(span => (span.Service, span.Name)).Select(group => $"{group.Key.Service} {group.Key.Name}: {group.Count()}"));

    /// <summary>Names of the spans that begin a trace.</summary>
    public List<string> Roots() => [.. _spans.Where(span => span.Parent.Length == 0).Select(span => span.Name).Distinct(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url!.AbsolutePath == "/v1/traces")
                    Take(body.ToArray());
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // Stopped, or a client went away.
            }
        }
    }

    // TracesData: resource_spans 1 { resource 1 { attributes 1 { key 1, value 2 { string 1 } } }, scope_spans 2 { spans 2 { … } } }
    private void Take(ReadOnlySpan<byte> data)
    {
        foreach (var resource in Fields(data, 1))
        {
            var service = Fields(resource, 1).SelectMany(each => Fields(each, 1)).Where(pair => Text(pair, 1) == "service.name")
                .Select(pair => Text(Fields(pair, 2)[0], 1)).FirstOrDefault(string.Empty);
            foreach (var span in Fields(resource, 2).SelectMany(scope => Fields(scope, 2)))
                _spans.Enqueue(new Span(service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5)));
        }
    }

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault([]));

    private static string Hex(byte[] message, int field) => Convert.ToHexString(Fields(message, field).FirstOrDefault([]));

    /// <summary>The length-delimited fields of a protobuf message with one number.</summary>
    private static List<byte[]> Fields(ReadOnlySpan<byte> message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Varint(message, ref at);
                    if ((int)(tag >> 3) == wanted)
                        found.Add(message.Slice(at, length).ToArray());
                    at += length;
                    break;
            }
        }

        return found;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
