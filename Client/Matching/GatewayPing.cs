// Finds the nearest of several gateways.
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Aetheris.Client.Time;
using Aetheris.Client.Transport;

namespace Aetheris.Client.Matching;

/// <summary>
/// Asks each gateway's health route over HTTP, twice, and takes the quicker answer: the first one pays for the connection. Gateways within
/// 5 ms of each other count as equally near and keep the server's order; what does not answer within 400 ms comes last. Results hold for
/// 30 s. One question at a time.
/// </summary>
public sealed class GatewayPing
{
    private const int TimeoutMilliseconds = 400;
    private const long StepMicros = 5_000;
    private const long HoldMicros = 30_000_000;
    private const long Silent = long.MaxValue;

    private readonly HttpClient _http;
    private readonly IClientClock _clock;
    private readonly Dictionary<string, (long Micros, long At)> _known = new(StringComparer.Ordinal);

    /// <summary>Creates a ping.</summary>
    public GatewayPing(HttpClient http, IClientClock clock)
    {
        _http = http;
        _clock = clock;
    }

    /// <summary>The gateways, nearest first. Never fails: without answers the order stays.</summary>
    public async Task<IReadOnlyList<GatewayEndpoint>> OrderAsync(IReadOnlyList<GatewayEndpoint> gateways, CancellationToken cancellation)
    {
        if (gateways.Count < 2)
            return gateways;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(TimeoutMilliseconds);
        var pings = new Task<long>[gateways.Count];
        for (var i = 0; i < pings.Length; i++)
            pings[i] = MeasureAsync(gateways[i].Http.TrimEnd('/'), stop.Token);
        var times = await Task.WhenAll(pings).ConfigureAwait(false);
        var order = new List<int>(gateways.Count);
        for (var i = 0; i < times.Length; i++)
        {
            var place = order.Count;
            while (place > 0 && times[order[place - 1]] / StepMicros > times[i] / StepMicros)
                place--;
            order.Insert(place, i);
        }

        return order.ConvertAll(i => gateways[i]);
    }

    private async Task<long> MeasureAsync(string url, CancellationToken cancellation)
    {
        lock (_known)
        {
            if (_known.TryGetValue(url, out var known) && _clock.NowMicros - known.At < HoldMicros)
                return known.Micros;
        }

        var best = Silent;
        try
        {
            for (var i = 0; i < 2; i++)
            {
                var start = _clock.NowMicros;
                using var response = await _http.GetAsync(url + "/healthz", HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                    best = Math.Min(best, _clock.NowMicros - start);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or InvalidOperationException or UriFormatException)
        {
            // It is not near, whatever it is.
        }

        lock (_known)
            _known[url] = (best, _clock.NowMicros);
        return best;
    }
}
