// One client of a scene: its player, its pilot, what it does after each poll and what it saw.
using Aetheris.Client;
using Aetheris.Client.Connection;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class Actor : IDisposable
{
    private readonly PlayerClient _player;
    private readonly bool _hasShip;
    private string? _image;
    private int _eventsAtRest;
    private ulong _tickAtRest;

    public Actor(string name, string http, ClientOptions options)
    {
        _player = new PlayerClient(http, options);
        _hasShip = !options.Spectate;
        Pilot = new ShipPilot(Client);
        Seen = new Chronicle(name, Client);
    }

    public string Name => Seen.Observer;

    public AetherisClient Client => _player.Client;

    public ShipPilot Pilot { get; }

    public Chronicle Seen { get; }

    /// <summary>What it does after each poll, if anything.</summary>
    public Action? Script { get; set; }

    public bool IsInRoom => Client.State == ClientState.InRoom && (!_hasShip || Client.View.TryGetSlot(Client.View.OwnShip, out _));

    /// <summary>Ticks of its room that it saw since <see cref="ExpectRest"/>.</summary>
    public ulong RestedTicks => Client.View.NewestTick - _tickAtRest;

    /// <summary>What happened in its room since <see cref="ExpectRest"/>; null for nothing.</summary>
    public string? Disturbance { get; private set; }

    /// <summary>From now on its view must stay as it is, and no event may come.</summary>
    public void ExpectRest()
    {
        _image = RoomImage.Of(Client.View);
        _eventsAtRest = Seen.Events.Count;
        _tickAtRest = Client.View.NewestTick;
    }

    /// <returns>Whether anything arrived.</returns>
    public bool Poll()
    {
        Client.Poll();
        Script?.Invoke();
        var arrived = Seen.Look();
        if (arrived && _image is not null)
            Disturbance ??= FindDisturbance(_image);
        return arrived;
    }

    public void Dispose() => _player.Dispose();

    public override string ToString() =>
        $"{Name}: {Client.State}, ship {Client.View.OwnShip}, tick {Client.View.NewestTick}, {Client.View.Count} entities, {Client.LastFailure?.Text ?? "no failure"}";

    private string? FindDisturbance(string image)
    {
        if (Seen.Events.Count > _eventsAtRest)
            return Chronicle.Describe(Seen.Events.Skip(_eventsAtRest));
        var now = RoomImage.Of(Client.View);
        return now == image ? null : RoomImage.Difference(image, now);
    }
}
