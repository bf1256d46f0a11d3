// A game's own commands, on their way from a connection to its room.
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public class GameCommandTests
{
    private readonly TestGateway _gateway = new();

    [Theory]
    [InlineData(0)]
    [InlineData(CommandCodec.MaxPayloadBytes)]
    public void A_command_carries_the_players_living_connection_and_its_payload(int length)
    {
        var machine = _gateway.Join(new FakeTransport());
        Assert.True(machine.TryCommand(CommandKind.FirstCustom, new byte[length]));
        _gateway.Rounds(1, ticks: false);

        var command = Assert.Single(_gateway.Port.LastCommands(out _), command => command.Kind == CommandKind.FirstCustom);
        Assert.Equal((machine.Player, machine.Connection, length), (command.Player, command.Connection, command.Payload.Length));
    }

    [Fact]
    public void Only_a_connection_in_its_room_sends_commands_and_no_more_than_its_budget()
    {
        var early = _gateway.Connect(new FakeTransport(), _gateway.Token());
        Assert.False(early.TryCommand(CommandKind.FirstCustom, []));

        var machine = _gateway.Join(new FakeTransport());
        var taken = 0;
        while (taken < 1000 && machine.TryCommand(CommandKind.FirstCustom, new byte[CommandCodec.MaxPayloadBytes]))
            taken++;
        Assert.InRange(taken, 1, 64);

        machine.Close(CloseReason.GoingAway);
        Assert.False(machine.TryCommand(CommandKind.FirstCustom, []));
    }
}
