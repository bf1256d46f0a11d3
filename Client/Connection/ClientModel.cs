// What a client knows and predicts; the parts of the client fill it and read it.
using Aetheris.Client.Input;
using Aetheris.Client.Prediction;
using Aetheris.Client.Quality;
using Aetheris.Client.Time;
using Aetheris.Client.View;
using Aetheris.Client.View.Codec2;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Client.Connection;

/// <summary>One per client, for all its connections.</summary>
internal sealed class ClientModel
{
    private readonly WorldDefinition? _codec2;
    private readonly bool _headsOnly;

    /// <summary>An empty model.</summary>
    /// <param name="codec2">Rules of the rooms whose state comes in codec 2; null = codec 1.</param>
    /// <param name="headsOnly">Whether state is acknowledged after its heads alone.</param>
    public ClientModel(WorldDefinition? codec2, bool headsOnly)
    {
        _headsOnly = headsOnly;
        _codec2 = codec2;
        Inputs = new InputVerifier(Quality.Echo);
        Scene = new Scene(View, Prediction, Clock);
        View.Staleness = Quality.Staleness;
    }

    public ClientView View { get; } = new();

    public ServerClock Clock { get; } = new();

    public InputVerifier Inputs { get; }

    public OwnShipPrediction Prediction { get; } = new();

    public Scene Scene { get; }

    public ClientQuality Quality { get; } = new();

    public ClientFaults Faults { get; } = new();

    /// <summary>Reads state datagrams, once accepted; null in codec 1.</summary>
    public Codec2Receiver? Codec2 { get; private set; }

    /// <summary>Who the player is, once accepted.</summary>
    public PlayerId Player { get; private set; }

    /// <summary>The connection, once accepted.</summary>
    public ConnectionEpoch Connection { get; private set; }

    /// <summary>The room, once accepted.</summary>
    public string Room { get; private set; } = string.Empty;

    /// <summary>
    /// A new connection: its inputs and its clock are unknown again. Identity and figures stay; in codec 2 the view stays too, until the
    /// first state of the new connection replaces it.
    /// </summary>
    public void Reset()
    {
        if (_codec2 is null)
            View.Clear();
        Inputs.Reset();
        Quality.Acks.Reset();
        Clock.Stop();
        Scene.Clock.Reset();
        Codec2 = null;
    }

    /// <summary>The gateway accepted the connection.</summary>
    public void Accept(int tickRate, PlayerId player, ConnectionEpoch connection, string room)
    {
        if (_codec2 is not null)
            Codec2 = new Codec2Receiver(View, SharedSchema.Of(_codec2, tickRate), _headsOnly);
        Player = player;
        Connection = connection;
        Room = room;
    }

    /// <summary>A message showed that the room has reached a tick.</summary>
    public void SeeTick(ulong tick, long now)
    {
        if (!Clock.IsRunning || !Clock.ObserveTick(now, tick))
            return;
        Quality.SeeTick(tick, now);
        Scene.Clock.ObserveArrival(now, tick);
    }
}
