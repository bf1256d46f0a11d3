// The only component updates that a client may send: the inputs of its own ship, in codec 1.
using Aetheris.Gateway.Rooms;
using Aetheris.Protocol.Codec1;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Judges framed updates (T-60, T-61). Codec-1 input has no shared clock: it acts at the next tick under an anti-replay window, one per
/// tick as the original stores it.
/// </summary>
internal sealed class Codec1Inputs
{
    private readonly ConnectionStateMachine _connection;
    private readonly GatewayMetrics _metrics;
    private InputWatch _watch;
    private ShipInput _waiting;
    private ulong _lastClientTick;
    private ulong _roomTickThen;
    private bool _hasClientTick;
    private bool _hasWaiting;
    private bool _sentThisTick;

    /// <summary>Inputs of one connection.</summary>
    public Codec1Inputs(ConnectionStateMachine connection, GatewayMetrics metrics)
    {
        _connection = connection;
        _metrics = metrics;
    }

    private RoomLink Link => _connection.Link!;

    /// <summary>Takes an update; everything but an input of the own ship is refused and counted by kind.</summary>
    public void Receive(NetworkId entity, ushort kind, ReadOnlySpan<byte> payload)
    {
        if (kind != ComponentKinds.InputCommand)
        {
            Forbid(kind);
            return;
        }

        if (!_connection.TryGetShip(out var ship) || ship != entity)
        {
            _metrics.Drop("codec1_not_owner");
            _metrics.UnauthorizedUpdates.Add(1);
            return;
        }

        if (!InputCommand.TryRead(payload, out var command) || command.Validate() != InputCommandRefusal.None || !TryAdvance(command.Tick))
        {
            _metrics.Drop("codec1_input");
            return;
        }

        var input = command.ToShipInput();
        if (_sentThisTick)
        {
            _waiting = input;
            _hasWaiting = true;
            return;
        }

        Submit(input);
    }

    /// <summary>Counts an update that no client may send.</summary>
    public void Forbid(ushort kind)
    {
        _metrics.ForbiddenUpdates.Add(EncoderMetrics.LabelOf(kind));
        _connection.Suspect(SuspicionKind.ValueRange);
    }

    /// <summary>A frame was sent: a newer input of the same tick goes on now.</summary>
    public void OnFrame()
    {
        _sentThisTick = false;
        if (!_hasWaiting)
            return;
        _hasWaiting = false;
        Submit(_waiting);
    }

    // WORLD_RULES W-21, W-22, W-D4: later inputs lie within 600 ticks ahead of their predecessor, and as many more as the room has
    // ticked since, so that neither a clock that starts far off nor a pause locks a client out.
    private bool TryAdvance(ulong tick)
    {
        var now = Link.Broadcast.Tick;
        if (_hasClientTick)
        {
            var reach = Codec1Limits.MaxForwardTickJump + (now - Math.Min(now, _roomTickThen));
            if (tick <= _lastClientTick || tick - _lastClientTick > reach)
            {
                // A late copy is the network's doing; one of ten seconds ago is somebody's.
                if (_lastClientTick - Math.Min(tick, _lastClientTick) > Codec1Limits.MaxForwardTickJump)
                    _connection.Suspect(SuspicionKind.Replay);
                else if (tick > _lastClientTick)
                    _connection.Suspect(SuspicionKind.SequenceGap);
                return false;
            }
        }

        _hasClientTick = true;
        _lastClientTick = tick;
        _roomTickThen = now;
        return true;
    }

    private void Submit(ShipInput input)
    {
        input.TargetTick = Link.Broadcast.Tick + 1;
        if (!input.IsValid)
        {
            _metrics.Drop("codec1_input");
            return;
        }

        _sentThisTick = true;
        _watch.OnInput(_connection, in input, _connection.Now);
        Link.TrySubmit(new Command { Kind = CommandKind.Input, Player = _connection.Player, Connection = _connection.Connection, Input = input });
    }
}
