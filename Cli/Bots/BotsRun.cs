// One run of bots: connect, warm up, measure, settle, check, leave.
using Aetheris.Client.Connection;
using Aetheris.Client.Matching;
using Aetheris.Client.Time;

namespace Aetheris.Cli.Bots;

/// <summary>Runs once. Time is bounded by the options.</summary>
internal sealed class BotsRun : IDisposable
{
    private const int CheckAttempts = 3;

    private readonly BotsOptions _options;
    private readonly TextWriter _progress;
    private readonly FaultPlan? _faults;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = TimeSpan.FromSeconds(15) };
    private readonly StopwatchClock _clock = StopwatchClock.Instance;
    private readonly SeededRandom _random;
    private readonly Bot[] _bots;
    private readonly List<BotThread> _threads = new();
    private string? _explainFailure;

    /// <summary>Creates a run.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">One line a second.</param>
    /// <param name="faults">Faults to plant, or null.</param>
    public BotsRun(BotsOptions options, TextWriter progress, FaultPlan? faults)
    {
        _options = options;
        _progress = progress;
        _faults = faults;
        _random = new SeededRandom(options.Seed);
        _bots = new Bot[options.Clients];
        for (var i = 0; i < _bots.Length; i++)
            _bots[i] = new Bot(i, options, _http, _clock);
    }

    /// <summary>Does everything. Cancelled after the bots began, it reports what was measured until then.</summary>
    /// <exception cref="MatchException">Nothing answers at all.</exception>
    public async Task<BotsReport> RunAsync(CancellationToken cancellation)
    {
        await ProbeAsync(cancellation);
        var threads = Math.Min(2, _bots.Length);
        for (var t = 0; t < threads; t++)
            _threads.Add(new BotThread(_bots.Where((_, i) => i % threads == t).ToArray()));
        BotFigures[]? from = null, to = null;
        try
        {
            await ConnectAsync(cancellation);
            await WaitAsync("warm-up", _options.Warmup, churn: false, cancellation);

            await EachAsync(bot => bot.RestartFigures(_clock.NowMicros));
            from = await FiguresAsync();
            var planting = _faults?.PlantAsync(_bots, EachAsync, cancellation) ?? Task.CompletedTask;
            var explaining = ExplainAsync(cancellation);
            await WaitAsync("measuring", _options.Seconds, churn: true, cancellation);
            to = await FiguresAsync();
            await planting;
            _explainFailure = await explaining;

            foreach (var bot in _bots)
                bot.RequestSilence();
            await WaitAsync("settling", _options.Settle, churn: false, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was measured until now is worth reporting; there is no time to compare it with the room.
            from ??= await FiguresAsync();
            return await ReportAsync(from, to ?? await FiguresAsync(), await SettledAsync(), isInterrupted: true);
        }

        return await ReportAsync(from, to, await SettledAsync(), isInterrupted: false);
    }

    public void Dispose()
    {
        foreach (var thread in _threads)
            thread.Dispose();
        foreach (var bot in _bots)
            bot.Dispose();
        _http.Dispose();
    }

    private static long Sum(IEnumerable<Bot> bots, Func<Bot, long> of) => bots.Sum(of);

    private async Task ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(_options.Http.TrimEnd('/') + "/healthz", HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw new MatchException("cannot reach " + _options.Http + ": " + (e.InnerException?.Message ?? e.Message), 0);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MatchException("cannot reach " + _options.Http + ": no answer in time", 0);
        }
    }

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        var deadline = _clock.NowMicros + (long)((15 + (0.1 * _bots.Length)) * 1_000_000);
        var reported = _clock.NowMicros;
        var started = 0;
        while (_clock.NowMicros < deadline)
        {
            var waiting = _bots.Take(started).Count(b => !b.WasInRoom && b.Client.State != ClientState.Disconnected);
            var free = Math.Min(_bots.Length - started, 16 - waiting);
            if (free > 0)
            {
                var upTo = started + free;
                var first = started;
                await EachAsync(bot =>
                {
                    if (bot.Index >= first && bot.Index < upTo)
                        bot.Client.Start();
                });
                started = upTo;
            }

            if (started == _bots.Length && _bots.All(b => b.WasInRoom || b.Client.State == ClientState.Disconnected))
                return;
            await Task.Delay(20, cancellation);
            Progress("connecting", ref reported);
        }
    }

    private async Task WaitAsync(string phase, double seconds, bool churn, CancellationToken cancellation)
    {
        var end = _clock.NowMicros + (long)(seconds * 1_000_000);
        var reported = _clock.NowMicros;
        var last = _clock.NowMicros;
        var owed = 0.0;
        while (_clock.NowMicros < end)
        {
            await Task.Delay(TimeSpan.FromMicroseconds(Math.Clamp(end - _clock.NowMicros, 1000, 20_000)), cancellation);
            var now = _clock.NowMicros;
            owed += churn ? _options.Churn * (now - last) / 1_000_000.0 : 0;
            last = now;
            for (; owed >= 1; owed--)
                _bots[(int)(_random.NextDouble() * _bots.Length)].RequestReconnect();
            Progress(phase, ref reported);
            if (_threads.FirstOrDefault(t => t.Failure is not null)?.Failure is { } failure)
                throw new InvalidOperationException("a bot failed: " + failure.GetType().Name + ": " + failure.Message, failure);
        }
    }

    private void Progress(string phase, ref long reported)
    {
        var now = _clock.NowMicros;
        if (now - reported < 1_000_000)
            return;
        reported = now;
        var inRoom = _bots.Count(b => b.Client.State == ClientState.InRoom);
        var acked = Sum(_bots, b => b.Client.Inputs.Counts.Acked);
        var lost = Sum(_bots, b => b.Client.Inputs.Counts.Lost);
        _progress.WriteLine(FormattableString.Invariant($"{phase}: {inRoom}/{_bots.Length} in room, {acked} inputs acked, {lost} lost"));
    }

    private Task EachAsync(Action<Bot> action) => Task.WhenAll(_threads.Select(t => t.ForEachAsync(action)));

    private async Task<BotFigures[]> FiguresAsync()
    {
        var figures = new BotFigures[_bots.Length];
        await EachAsync(bot => figures[bot.Index] = new BotFigures(bot, _clock.NowMicros));
        return figures;
    }

    private async Task<BotFigures[]> SettledAsync()
    {
        await EachAsync(bot =>
        {
            bot.Client.Quality.Acks.Flush();
            bot.Client.Inputs.Flush();
        });
        return await FiguresAsync();
    }

    private Task<string?> ExplainAsync(CancellationToken cancellation) =>
        _options.Explain is { } entity && _bots.FirstOrDefault(b => b.Client.State == ClientState.InRoom) is { } bot
            ? Explanation.PrintAsync(_http, _options.Http, bot, entity, _progress, cancellation)
            : Task.FromResult<string?>(null);

    private async Task<BotsReport> ReportAsync(BotFigures[] from, BotFigures[] to, BotFigures[] settled, bool isInterrupted)
    {
        var connected = _bots.Count(b => b.WasInRoom);
        var report = new BotsReport { Options = _options, Connected = connected, IsInterrupted = isInterrupted, Seconds = _bots.Length == 0 ? 0 : (to[0].At - from[0].At) / 1_000_000.0 };
        for (var i = 0; i < _bots.Length; i++)
        {
            if (_bots[i].WasInRoom)
                report.Add(from[i], to[i], settled[i]);
            if (_bots[i].Client.LastFailure is { } failure)
                report.Errors.Add(failure.Text);
        }

        if (_explainFailure is not null)
            report.Errors.Add(_explainFailure);
        if (isInterrupted)
            report.Errors.Add("interrupted");
        _faults?.Observe(_bots);
        report.Desync = connected == 0 || isInterrupted ? null : await CheckAsync(report.Errors);
        if (report.Desync is { } desync)
            desync.Texts.ForEach(_progress.WriteLine);
        await EachAsync(bot => bot.Client.Leave());
        await Task.Delay(isInterrupted ? 100 : 500);
        return report;
    }

    private async Task<DesyncResult?> CheckAsync(List<string> errors)
    {
        DesyncResult? sum = null;
        foreach (var room in _bots.Where(b => b.Decodes && b.Client.State == ClientState.InRoom).GroupBy(b => b.Room))
        {
            var result = await CheckRoomAsync(room.Key, errors);
            if (result is null)
                return null;
            sum ??= new DesyncResult();
            sum.Add(result);
        }

        return sum;
    }

    /// <summary>A gateway that answers: the one that was named, or another that the bots have heard of since.</summary>
    private async Task<string> ReachableAsync()
    {
        foreach (var url in _bots.SelectMany(bot => bot.Match.Gateways).Prepend(_options.Http.TrimEnd('/')).Distinct(StringComparer.Ordinal))
        {
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                using var answer = await _http.GetAsync(url + "/healthz", HttpCompletionOption.ResponseHeadersRead, patience.Token);
                return url;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Stopped, perhaps on purpose; the next one.
            }
        }

        return _options.Http;
    }

    private async Task<DesyncResult?> CheckRoomAsync(string room, List<string> errors)
    {
        var token = Environment.GetEnvironmentVariable("AETHERIS_TOKEN") is { Length: > 0 } given
            ? given
            : _bots.First(b => b.Room == room && b.Client.State == ClientState.InRoom).Match.AccessToken!;
        var source = new StateSource(_http, await ReachableAsync(), room, token);
        using (var warm = await source.GetAsync(null))
        {
            if (warm is null)
            {
                errors.Add("room state: " + source.Failure);
                return null;
            }
        }

        for (var attempt = 1; ; attempt++)
        {
            var captures = new List<ViewCapture>();
            await EachAsync(bot =>
            {
                if (!bot.Decodes || bot.Room != room || bot.Client.State != ClientState.InRoom)
                    return;
                _faults?.Corrupt(bot);
                var capture = new ViewCapture(bot);
                lock (captures)
                    captures.Add(capture);
            });
            var result = captures.Count == 0 ? null : await new DesyncCheck(source).RunAsync(captures);
            if (result is { Unjudged: 0 })
            {
                _faults?.Judge(result);
                return result;
            }

            if (attempt == CheckAttempts)
            {
                errors.Add("room state: " + (source.Failure.Length > 0 ? source.Failure : "no bot is in the room"));
                return null;
            }
        }
    }
}
