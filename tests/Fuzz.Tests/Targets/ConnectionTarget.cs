// Messages of a client in its room, through all that the gateway does with them.
using System.Net;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class ConnectionTarget : FuzzTarget
{
    private readonly TestGateway _gateway = new(isDevelopment: true);
    private ConnectionStateMachine? _machine;
    private int _count;

    public override string Name => "connection";

    public override int Share => 50;

    public override IEnumerable<byte[]> Examples()
    {
        yield return Messages.Ping();
        yield return Messages.Codec1(WireEventKind.StartSession);
        yield return Messages.Auth("token");
        yield return Messages.Update(new NetworkId(1), 128, Messages.MoveInput(5));
        yield return Messages.Fragment(1, 0, 2, [1, 2, 3]);
        yield return Messages.Fragment(1, 1, 2, [1, 2, 3]);
        yield return Messages.Codec1(new WireEvent { Kind = WireEventKind.Spawn, EntityType = 1, X = 3 });
        yield return Messages.Control(new ControlMessage { Kind = ControlKind.Close, Code = CloseReason.Quit });
        yield return [3, 1, 1, 0, 255, 255, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0];
    }

    public override void Try(Span<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (_machine is not { Stage: ConnectionStage.InRoom })
            Join();

        // A quarter of a second per message: what a connection is forgiven in that time is what it does wrong.
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(250));
        _gateway.Set.Receive(_machine!, bytes, reliable: (_count & 1) == 0);
        if (++_count % 256 == 0)
        {
            _gateway.Rounds(1);
            _gateway.Released.Clear();
            _gateway.Roles.Clear();
            _gateway.Audit.Lines.Clear();
            _gateway.Log.Lines.Clear();
            if (_gateway.Room.World.Entities.Count > 500)
                _gateway.Port.OnFrame?.Invoke(_gateway.Room.Tick(TestRoom.Clear()));
        }

        if (_gateway.Metrics.EdgeErrors.Value > 0)
            throw new InvalidOperationException("the edge contained an exception: " + string.Join(' ', _gateway.Log.Lines));
    }

    private void Join()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            _gateway.NextConnection++;
            _machine = _gateway.Connect(new DeafConnection(), _gateway.Token());
            for (var i = 0; i < 20 && _machine.Stage < ConnectionStage.InRoom; i++)
                _gateway.Rounds(1);
            if (_machine.Stage == ConnectionStage.InRoom)
                return;
        }

        throw new InvalidOperationException($"no way into the room: {_machine!.Stage} {_machine.Reason}");
    }

    private sealed class DeafConnection : IConnection
    {
        public string Transport => "fuzz";

        public EndPoint? Remote => null;

        public bool IsOpen { get; private set; } = true;

        public long SilentMilliseconds => 0;

        public ConnectionStats Stats => default;

        public bool Send(ReadOnlySpan<byte> message, bool reliable) => true;

        public void Close(ReadOnlySpan<byte> lastWords) => IsOpen = false;
    }
}
