// The viewer's own ship in a state datagram: channel P0.
using Aetheris.Gateway.Connections;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Replica;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>
/// How far the pilot's inputs are applied, in every tick, and the ship's exact place and motion until the newest that the client has
/// acknowledged is the newest there is. A mutable struct.
/// </summary>
internal struct OwnRecord
{
    private const ulong ChainTicks = 4;
    private const int MarginMicroseconds = 250;

    private ulong _ship;
    private Transform _place;
    private Velocity _velocity;
    private uint _version;
    private uint _heldVersion;
    private uint _lastCount;

    /// <summary>Version of the state that <see cref="Fill"/> put into the datagram, 0 = none.</summary>
    public uint SentVersion { get; private set; }

    /// <summary>The client holds nothing any more.</summary>
    public void Reset() => _heldVersion = 0;

    /// <summary>A datagram with a version has arrived.</summary>
    public void Acknowledge(uint version) => _heldVersion = Math.Max(_heldVersion, version);

    /// <summary>Fills in what a datagram says about the own ship.</summary>
    /// <param name="head">Its head; the tick is set.</param>
    /// <param name="replica">The room.</param>
    /// <param name="ship">Slot of the ship, −1 = none.</param>
    /// <param name="connection">The connection that steers it.</param>
    /// <param name="inputs">What reached the gateway.</param>
    /// <param name="slack">How early they came.</param>
    public void Fill(ref StateDatagram head, RoomReplica replica, int ship, ConnectionEpoch connection, in InputReceiver inputs, in InputSlack slack)
    {
        SentVersion = 0;
        if (ship < 0 || replica.Entities.Column(StandardComponents.Ownership)[ship].Connection != connection.Value)
            return;
        ref readonly var pilot = ref replica.Entities.Column(StandardComponents.PilotStatus)[ship];
        head.HasStatus = true;
        head.AppliedTick = Math.Min(pilot.AppliedTick, head.Tick);
        head.AppliedCount = pilot.AppliedCount;
        var early = slack.Of(pilot.AppliedTick);
        head.Margin = early == InputSlack.Unknown ? short.MinValue : (short)Math.Clamp(early / MarginMicroseconds, -short.MaxValue, short.MaxValue);
        head.ReceivedSequence = inputs.ReceivedSequence;
        head.ReceivedHistory = (uint)inputs.ReceivedHistory;
        head.HasChain = head.Tick % ChainTicks == 0 || pilot.AppliedCount - _lastCount > 1;
        head.Chain = pilot.InputChain;
        _lastCount = pilot.AppliedCount;
        FillState(ref head, replica, ship);
    }

    private void FillState(ref StateDatagram head, RoomReplica replica, int ship)
    {
        var id = replica.Entities.IdOf(ship).Value;
        ref readonly var place = ref replica.Entities.Column(StandardComponents.Transform)[ship];
        ref readonly var velocity = ref replica.Entities.Column(StandardComponents.Velocity)[ship];
        if (_version == 0 || id != _ship || !place.BitsEqual(in _place) || !velocity.BitsEqual(in _velocity))
        {
            _ship = id;
            _place = place;
            _velocity = velocity;
            _version++;
        }

        if (_heldVersion == _version)
            return;
        SentVersion = _version;
        head.HasOwnState = true;
        head.X = place.X;
        head.Y = place.Y;
        head.VX = velocity.X;
        head.VY = velocity.Y;
        head.Rotation = place.Rotation;
    }
}
