// One bot: a real client that steers by a random walk.
using Aetheris.Client;
using Aetheris.Client.Connection;
using Aetheris.Client.Impairment;
using Aetheris.Client.Input;
using Aetheris.Client.Matching;
using Aetheris.Client.Time;

namespace Aetheris.Cli.Bots;

/// <summary>Polled by one thread; other threads only raise requests.</summary>
internal sealed class Bot : IDisposable
{
    private readonly SeededRandom _random;
    private readonly bool _steers;
    private readonly IClientClock _clock;
    private double _heading;
    private long _turnAt;
    private volatile bool _reconnect;
    private volatile bool _silent;

    public Bot(int index, BotsOptions options, HttpClient http, IClientClock clock)
    {
        Index = index;
        Codec = options.Codec;
        _clock = clock;
        _random = new SeededRandom(unchecked((options.Seed * 1_000_003) + (ulong)index));
        _heading = _random.NextDouble() * Math.Tau;
        _steers = !options.Spectate && index < Math.Round(options.Moving * options.Clients);
        Room = options.Rooms[index % options.Rooms.Count];
        Decodes = options.Codec == 1 || index < (options.Decode ?? int.MaxValue);
        Match = new MatchClient(http, options.Http, "bot-" + index);
        Client = new AetherisClient(
            new ClientOptions
            {
                Room = Room,
                Codec = options.Codec,
                Spectate = options.Spectate,
                Transport = options.Transport,
                InputHz = options.InputHz,
                ReadsHeadsOnly = !Decodes,
                Seed = _random.NextUInt64(),
                Impairment = options.IsImpaired ? new ImpairmentOptions(options.Loss, options.LatencyMs, options.JitterMs, _random.NextUInt64()) : null,
            },
            Match,
            clock);
    }

    public int Index { get; }

    public byte Codec { get; }

    public string Room { get; }

    /// <summary>Whether it has a view of the room.</summary>
    public bool Decodes { get; }

    public MatchClient Match { get; }

    public AetherisClient Client { get; }

    /// <summary>Whether it has been in its room at all.</summary>
    public bool WasInRoom { get; private set; }

    /// <summary>Asks the bot's thread to drop the connection and come back.</summary>
    public void RequestReconnect() => _reconnect = true;

    /// <summary>From now on it sends no inputs at all: the room holds the last one and then forgets it.</summary>
    public void RequestSilence() => _silent = true;

    public void Poll()
    {
        if (_reconnect)
        {
            _reconnect = false;
            Client.Reconnect();
        }

        Steer();
        Client.Poll();
        WasInRoom |= Client.State == ClientState.InRoom;
    }

    /// <summary>Begins a measurement.</summary>
    public void RestartFigures(long nowMicros)
    {
        Client.Quality.Restart(nowMicros);
        Client.Scene.Correction.Corrections.Clear();
        Client.Scene.Correction.ShownErrors.Clear();
    }

    public void Dispose() => Client.Dispose();

    private void Steer()
    {
        if (_silent && !Client.IsSilent)
            Client.IsSilent = true;
        if (!_steers || _silent)
        {
            Client.Intent = PilotIntent.Neutral;
            return;
        }

        var now = _clock.NowMicros;
        if (now < _turnAt)
            return;
        _turnAt = now + 100_000 + (long)(_random.NextDouble() * 400_000);
        _heading += _random.NextSigned() * 1.5;
        Client.Intent = new PilotIntent((float)Math.Cos(_heading), (float)Math.Sin(_heading), Fire: false);
    }
}
