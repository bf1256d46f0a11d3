// What may be said, how often, and who hears it.
using Aetheris.Gateway.Chat;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public class ChatTests
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new();

    [Fact]
    public void A_line_goes_out_with_its_room_and_the_name_of_the_token()
    {
        var machine = _gateway.Join(_transport, chat: true);

        machine.Receive(Say("Hello"), reliable: true);

        Assert.Equal([new ChatLine("r", machine.Player, "Ada", "Hello")], _gateway.Said);
    }

    [Fact]
    public void Lines_beyond_a_person_s_pace_are_dropped_without_harm_to_the_connection()
    {
        var machine = _gateway.Join(_transport, chat: true);

        for (var i = 0; i < 20; i++)
            machine.Receive(Say($"{i}"), reliable: true);
        Assert.Equal(["0", "1", "2", "3"], _gateway.Said.Select(line => line.Text));

        _gateway.Rounds(125);
        machine.Receive(Say("two seconds later"), reliable: true);
        machine.Receive(Say("and at once"), reliable: true);
        Assert.Equal("two seconds later", _gateway.Said[^1].Text);
        Assert.True(machine.HasJoined);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    [InlineData("bell\a")]
    [InlineData("right\u202eto left")]
    public void What_is_no_plain_line_is_malformed(string text)
    {
        var machine = _gateway.Join(_transport, chat: true);

        machine.Receive(Say(text), reliable: true);

        Assert.False(ChatRule.IsValid(text));
        Assert.Empty(_gateway.Said);
    }

    [Fact]
    public void A_line_has_240_bytes_at_most()
    {
        Assert.True(ChatRule.IsValid(new string('é', 120)));
        Assert.False(ChatRule.IsValid(new string('é', 121)));
    }

    [Fact]
    public void Only_who_is_in_the_room_and_asked_for_it_hears_a_line()
    {
        var deaf = new FakeTransport();
        _gateway.Join(_transport, chat: true);
        _gateway.Join(deaf);
        var speaker = new PlayerId(1, 2);

        _gateway.Set.Hear(new ChatLine("r", speaker, "Ada", "here"));
        _gateway.Set.Hear(new ChatLine("another", speaker, "Ada", "elsewhere"));

        var heard = Assert.Single(_transport.Controls(), control => control.Kind == ControlKind.Chat);
        Assert.Equal((speaker, "Ada", "here"), (heard.Player, heard.Text, heard.Reason));
        Assert.DoesNotContain(deaf.Controls(), control => control.Kind == ControlKind.Chat);
    }

    [Fact]
    public void Nobody_speaks_before_the_room_has_let_them_in()
    {
        var machine = _gateway.Connect(_transport, _gateway.Token(), chat: true);

        machine.Receive(Say("early"), reliable: true);

        Assert.Empty(_gateway.Said);
    }

    private static byte[] Say(string text) => Messages.Control(new ControlMessage { Kind = ControlKind.Say, Reason = text });
}
