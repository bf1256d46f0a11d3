// A gateway and room in memory: the link envelope and codec 1 in front of a real RoomWorld.
using Aetheris.Client.Matching;
using Aetheris.Client.Time;
using Aetheris.Client.Transport;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Components;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.MessagePack;
using Aetheris.Protocol.Codec2;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Client.Tests.Fakes;

/// <summary>Ticks at 60 Hz of the test's clock. Connect tokens are the player's number.</summary>
public sealed class FakeGateway : IMatchmaker
{
    public const uint RoomEpoch = 7;

    private readonly IClientClock _clock;
    private readonly List<Session> _sessions = [];
    private readonly List<Command> _commands = [];
    private readonly ChangeSet _changes = new();
    private readonly ByteWriter _message = new();
    private readonly ShipInput[] _inputs = new ShipInput[LinkLimits.MaxInputsPerPacket];
    private long _nextTickAt;
    private ulong _sequence;
    private uint _connections;

    public FakeGateway(IClientClock clock)
    {
        _clock = clock;
        _nextTickAt = clock.NowMicros;
        Codec2 = new FakeCodec2Room(World);
    }

    public FakeCodec2Room Codec2 { get; }

    /// <summary>The codec-2 side of the connections, in order of connecting; null in codec 1.</summary>
    public IEnumerable<FakeCodec2Client?> Replicators => _sessions.Select(s => s.Codec2);

    public RoomWorld World { get; } = new(WorldDefinition.Standard, new RoomSettings());

    public bool IsDown { get; set; }

    /// <summary>After each tick of the room.</summary>
    public Action? Ticked { get; set; }

    public int Matches { get; private set; }

    /// <summary>Every input that was applied to the room, in order.</summary>
    public List<ShipInput> Forwarded { get; } = [];

    public List<CloseReason> Goodbyes { get; } = [];

    public Task<MatchAnswer> MatchAsync(int attempt, string? room, string? template, bool spectate, CancellationToken cancellation)
    {
        Matches++;
        return Task.FromResult(new MatchAnswer("test", room ?? "1", [new GatewayEndpoint("http://a", "127.0.0.1", 1, string.Empty)]));
    }

    public void Connect(IFakeLink transport, byte[] request)
    {
        Assert.True(ConnectRequest.TryRead(request, out var connect));
        var player = new PlayerId(0, ulong.Parse(connect.Token));
        var session = new Session(transport, player, new ConnectionEpoch(++_connections), connect.Spectate) { Codec2 = connect.Codec == 2 ? new FakeCodec2Client() : null };
        _sessions.Add(session);
        Send(session, new ControlMessage
        {
            Kind = ControlKind.Accept,
            Connection = session.Connection,
            Player = player,
            Text = "test",
            RoomEpoch = RoomEpoch,
            Tick = World.Tick,
            TickRate = 60,
        }, reliable: true);
        Enqueue(new Command { Kind = CommandKind.Join, Player = player, Connection = session.Connection, Spectator = connect.Spectate, Name = "p" + player.Low });
    }

    public void Disconnect(IFakeLink transport)
    {
        if (_sessions.Find(s => s.Transport == transport) is not { } session)
            return;
        _sessions.Remove(session);
        Enqueue(new Command { Kind = CommandKind.Leave, Player = session.Player, Connection = session.Connection, Reason = session.Quit ? LeaveReason.Quit : LeaveReason.Lost });
    }

    /// <summary>Receives, and ticks as often as is due.</summary>
    public void Step()
    {
        foreach (var session in _sessions.ToArray())
            Receive(session);
        while (_clock.NowMicros >= _nextTickAt)
        {
            Tick();
            _nextTickAt += 16_667;
        }
    }

    /// <summary>The room goes on from now, without the ticks of the time that passed.</summary>
    public void StandStill() => _nextTickAt = _clock.NowMicros;

    public void Broadcast(byte[] message, bool reliable)
    {
        foreach (var session in _sessions)
            session.Transport.SendDown(message, reliable);
    }

    private void Receive(Session session)
    {
        while (session.Transport.TryReceive(out var message))
        {
            if (InputPacket.TryRead(message, out var packet, _inputs))
            {
                session.Codec2?.Acknowledge(packet);
                Forward(session, packet);
            }
            else if (ControlMessage.TryRead(message, out var control))
                OnControl(session, control);
        }
    }

    private void OnControl(Session session, in ControlMessage control)
    {
        switch (control.Kind)
        {
            case ControlKind.Ping:
                Send(session, new ControlMessage { Kind = ControlKind.Pong, Stamp = control.Stamp, Tick = World.Tick }, reliable: false);
                break;
            case ControlKind.Close:
                Goodbyes.Add(control.Code);
                session.Quit = control.Code == CloseReason.Quit;
                Disconnect(session.Transport);
                break;
        }
    }

    private void Forward(Session session, in InputPacket packet)
    {
        for (var i = packet.Count - 1; i >= 0; i--)
        {
            var sequence = packet.NewestSequence - (uint)i;
            if (sequence <= session.Received)
                continue;
            var step = sequence - session.Received;
            session.History = session.Received == 0 || step > 64 ? 0 : (step == 64 ? 0 : session.History << (int)step) | (1ul << (int)(step - 1));
            session.Received = sequence;
            session.Arrivals[_inputs[i].TargetTick] = _clock.NowMicros;
            Forwarded.Add(_inputs[i]);
            Enqueue(new Command { Kind = CommandKind.Input, Player = session.Player, Connection = session.Connection, Input = _inputs[i] });
        }
    }

    private void Enqueue(Command command)
    {
        command.Gateway = new GatewayId(1);
        command.Sequence = ++_sequence;
        _commands.Add(command);
    }

    private void Tick()
    {
        World.BeginTick();
        foreach (var command in _commands)
            World.Apply(command);
        _commands.Clear();
        World.Step();
        World.Extract(_changes);
        Codec2.Step(_changes);
        foreach (var session in _sessions)
        {
            session.Frames[World.Tick] = _clock.NowMicros;
            SendEvents(session);
            if (session.Codec2 is not null)
            {
                SendCodec2(session);
                continue;
            }

            SendState(session, session.HasImage && World.Tick % 60 != 0);
            SendAck(session);
        }

        Ticked?.Invoke();
    }

    private void SendState(Session session, bool changesOnly)
    {
        if (!session.HasImage)
        {
            foreach (var slot in World.Entities.Slots)
                SendEntity(session, slot, ulong.MaxValue, reliable: true);
            session.HasImage = true;
            return;
        }

        if (!changesOnly)
        {
            foreach (var slot in World.Entities.Slots)
                SendEntity(session, slot, ulong.MaxValue, reliable: false);
            return;
        }

        foreach (var change in _changes.Entities)
        {
            if (World.Entities.TryGetSlot(change.Id, out var slot))
                SendEntity(session, slot, change.Mask, reliable: false);
        }
    }

    private void SendEntity(Session session, int slot, ulong mask, bool reliable)
    {
        _message.Clear();
        _message.WriteByte((byte)LinkKind.Codec1);
        var batch = ReplicationBatchWriter.Begin(_message);
        var value = new ByteWriter();
        foreach (var component in World.Definition.Components)
        {
            if ((component.Bit & mask & World.Entities.MaskOf(slot)) == 0 || !component.InFrames || !Codec1Components.Standard.TryGet(component.Kind, out var codec))
                continue;
            value.Clear();
            World.Entities.ColumnAt(component.Index).Write(slot, value);
            var reader = new ByteReader(value.Written);
            var payload = new ByteWriter();
            var writer = new MessagePackWriter(payload);
            Assert.True(codec.TryTranscode(ref reader, ref writer));
            writer.Flush();
            Assert.True(batch.TryAppend(World.Entities.IdOf(slot), component.Kind, payload.Written, World.Tick));
        }

        batch.End();
        session.Transport.SendDown(_message.Written, reliable);
    }

    private void SendEvents(Session session)
    {
        _message.Clear();
        var position = EventBatch.WriteHead(_message, RoomEpoch, World.Tick);
        ushort count = 0;
        foreach (var value in _changes.Events)
        {
            if (!value.To.IsNone && (value.To != session.Player || (value.Connection != ConnectionEpoch.None && value.Connection != session.Connection)))
                continue;
            value.Write(_message);
            count++;
        }

        foreach (var change in _changes.Entities)
        {
            if (World.Entities.TryGetSlot(change.Id, out _))
                continue;
            new RoomEvent { Kind = RoomEventKind.Despawned, Tick = World.Tick, Entity = change.Id }.Write(_message);
            count++;
        }

        EventBatch.PatchCount(_message, position, count);
        if (count > 0)
            session.Transport.SendDown(_message.Written, reliable: true);
    }

    private void SendCodec2(Session session)
    {
        var head = default(StateDatagram);
        if (TryGetShip(session, out var ship, out var status))
        {
            var slack = session.SlackOf(status.AppliedTick);
            head.HasStatus = true;
            head.AppliedTick = status.AppliedTick;
            head.AppliedCount = status.AppliedCount;
            head.HasChain = World.Tick % 4 == 0;
            head.Chain = status.InputChain;
            head.Margin = slack == int.MinValue ? short.MinValue : (short)Math.Clamp(slack / 250, -32767, 32767);
            head.ReceivedSequence = session.Received;
            head.ReceivedHistory = (uint)session.History;
        }

        session.Codec2!.Send(Codec2, World, ship, head, message => session.Transport.SendDown(message, reliable: false));
    }

    private bool TryGetShip(Session session, out int ship, out PilotStatus status)
    {
        ship = -1;
        status = default;
        if (session.Spectator)
            return false;
        var owners = World.Entities.Column(StandardComponents.Ownership);
        foreach (var slot in World.Entities.Slots)
        {
            if ((World.Entities.MaskOf(slot) >> StandardComponents.Ownership.Index & 1) == 0
                || owners[slot].PlayerLow != session.Player.Low || owners[slot].Connection != session.Connection.Value)
            {
                continue;
            }

            ship = slot;
            status = World.Entities.Column(StandardComponents.PilotStatus)[slot];
            return true;
        }

        return false;
    }

    private void SendAck(Session session)
    {
        if (session.Spectator)
        {
            Send(session, new ControlMessage { Kind = ControlKind.Clock, RoomEpoch = RoomEpoch, Tick = World.Tick }, reliable: false);
            return;
        }

        if (!TryGetShip(session, out _, out var status))
            return;
        Send(session, new ControlMessage
        {
            Kind = ControlKind.InputAck,
            Tick = World.Tick,
            AppliedTick = status.AppliedTick,
            AppliedCount = status.AppliedCount,
            InputChain = status.InputChain,
            Margin = session.SlackOf(status.AppliedTick),
            ReceivedSequence = session.Received,
            ReceivedHistory = session.History,
        }, reliable: false);
    }

    private static void Send(Session session, in ControlMessage message, bool reliable)
    {
        var writer = new ByteWriter();
        message.Write(writer);
        session.Transport.SendDown(writer.Written, reliable);
    }

    private sealed class Session(IFakeLink transport, PlayerId player, ConnectionEpoch connection, bool spectator)
    {
        public IFakeLink Transport { get; } = transport;

        public PlayerId Player { get; } = player;

        public ConnectionEpoch Connection { get; } = connection;

        public bool Spectator { get; } = spectator;

        public FakeCodec2Client? Codec2 { get; init; }

        public bool HasImage { get; set; }

        public bool Quit { get; set; }

        public uint Received { get; set; }

        public ulong History { get; set; }

        public Dictionary<ulong, long> Arrivals { get; } = [];

        public Dictionary<ulong, long> Frames { get; } = [];

        public int SlackOf(ulong target) =>
            Frames.TryGetValue(target, out var frame) && Arrivals.TryGetValue(target, out var arrival) ? (int)(frame - arrival) : int.MinValue;
    }
}
