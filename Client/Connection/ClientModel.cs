// What a client knows and predicts; the parts of the client fill it and read it.
using Aetheris.Client.Input;
using Aetheris.Client.Prediction;
using Aetheris.Client.Quality;
using Aetheris.Client.Time;
using Aetheris.Client.View;
using Aetheris.Protocol.Identity;

namespace Aetheris.Client.Connection;

/// <summary>One per client, for all its connections.</summary>
internal sealed class ClientModel
{
    public ClientModel() => Inputs = new InputVerifier(Quality.Echo);

    public ClientView View { get; } = new();

    public ServerClock Clock { get; } = new();

    public InputVerifier Inputs { get; }

    public OwnShipPrediction Prediction { get; } = new();

    public ClientQuality Quality { get; } = new();

    public ClientFaults Faults { get; } = new();

    /// <summary>Who the player is, once accepted.</summary>
    public PlayerId Player { get; private set; }

    /// <summary>The connection, once accepted.</summary>
    public ConnectionEpoch Connection { get; private set; }

    /// <summary>The room, once accepted.</summary>
    public string Room { get; private set; } = string.Empty;

    /// <summary>A new connection: the room, its inputs and its clock are unknown again. Identity and figures stay.</summary>
    public void Reset()
    {
        View.Clear();
        Inputs.Reset();
        Quality.Acks.Reset();
        Clock.Stop();
    }

    /// <summary>The gateway accepted the connection.</summary>
    public void Accept(PlayerId player, ConnectionEpoch connection, string room)
    {
        Player = player;
        Connection = connection;
        Room = room;
    }

    /// <summary>A message showed that the room has reached a tick.</summary>
    public void SeeTick(ulong tick, long now)
    {
        if (Clock.IsRunning && Clock.ObserveTick(now, tick))
            Quality.SeeTick(tick, now);
    }
}
