// The lease of a connection in flight: refreshed, judged, replaced, ended with a reason.
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;

namespace Aetheris.Gateway.Tests;

public class LeaseTests
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new() { SilentMilliseconds = 0 };

    [Fact]
    public void A_lease_is_refreshed_every_60_ticks_of_the_room_whoever_sends_what()
    {
        var machine = _gateway.Join(_transport);
        var before = _gateway.Checks;
        _gateway.Rounds(56);
        Assert.Equal(before, _gateway.Checks);
        _gateway.Rounds(8);
        Assert.Equal(before + 1, _gateway.Checks);
        for (var i = 0; i < 240; i++)
        {
            machine.Receive(Messages.Ping(), reliable: false);
            _gateway.Rounds(1);
        }

        Assert.Equal(before + 5, _gateway.Checks);
    }

    [Fact]
    public void A_silent_room_does_not_keep_a_revocation_from_its_clients()
    {
        var machine = _gateway.Join(_transport);
        _gateway.Lease = Refusal(CloseReason.Revoked);
        _gateway.Rounds(140, ticks: false);
        Assert.Equal(CloseReason.Revoked, machine.Reason);
    }

    [Theory]
    [InlineData(CloseReason.Revoked, "revoked")]
    [InlineData(CloseReason.ExpiredToken, "expired")]
    [InlineData(CloseReason.Replaced, "replaced")]
    public void A_session_that_ends_is_told_why_counted_and_disconnected(CloseReason reason, string label)
    {
        var machine = _gateway.Join(_transport);
        _gateway.Lease = Refusal(reason);
        _gateway.Rounds(70);
        var close = _transport.Controls()[^1];
        Assert.Equal((ControlKind.Close, reason), (close.Kind, close.Code));
        Assert.True(close.Reason!.Length > 10);
        Assert.Equal(1, _gateway.Metrics.SessionsRevoked[label]);
        Assert.True(_transport.IsOpen);
        _gateway.Rounds(70);
        Assert.False(_transport.IsOpen);
        Assert.Equal(ConnectionStage.Closed, machine.Stage);
    }

    [Fact]
    public void A_refresh_that_fails_ends_nothing_before_the_lease_ends()
    {
        var machine = _gateway.Join(_transport);
        _gateway.CheckFails = true;
        _gateway.Rounds(400);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    [Fact]
    public void A_token_that_ends_in_flight_stops_the_very_next_message()
    {
        var machine = _gateway.Join(_transport);
        _gateway.Time.Advance(TimeSpan.FromHours(25));
        var answers = _transport.Controls().Count(control => control.Kind == ControlKind.Pong);
        machine.Receive(Messages.Ping(), reliable: false);
        Assert.Equal((ConnectionStage.Closing, CloseReason.ExpiredToken), (machine.Stage, machine.Reason));
        Assert.Equal(answers, _transport.Controls().Count(control => control.Kind == ControlKind.Pong));
        Assert.Equal(1, _gateway.Metrics.SessionsRevoked["expired"]);
    }

    [Fact]
    public void An_hour_without_a_message_ends_the_session_although_the_server_looks_at_it_every_second()
    {
        var machine = _gateway.Join(_transport);
        for (var second = 0; second < 3599; second++)
            PassSecond();
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        Assert.True(_gateway.Checks > 1000);
        for (var second = 0; second < 5; second++)
            PassSecond();
        Assert.Equal(CloseReason.Idle, machine.Reason);
        Assert.Equal(1, _gateway.Metrics.SessionsRevoked["idle"]);
    }

    [Fact]
    public void A_client_that_sends_once_per_second_is_never_idle_in_whatever_phase()
    {
        var machine = _gateway.Join(_transport);
        for (var second = 0; second < 8000; second++)
        {
            PassSecond();
            machine.Receive(Messages.Ping(), reliable: false);
        }

        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    [Fact]
    public void A_player_who_connects_again_ends_the_older_connection_and_keeps_the_ship()
    {
        var player = TokenIssuer.NewPlayer();
        var first = _gateway.Join(_transport, player: player);
        Assert.True(first.TryGetShip(out var ship));
        _gateway.NextConnection = 4;
        var transport = new FakeTransport();
        var second = _gateway.Join(transport, player: player);
        Assert.Equal((ConnectionStage.Closing, CloseReason.Replaced), (first.Stage, first.Reason));
        Assert.Equal(CloseReason.Replaced, _transport.Controls()[^1].Code);
        Assert.Equal(1, _gateway.Metrics.SessionsRevoked["replaced"]);
        _gateway.Rounds(70);
        Assert.False(_transport.IsOpen);
        Assert.Equal(ConnectionStage.InRoom, second.Stage);
        Assert.True(second.TryGetShip(out var kept));
        Assert.Equal(ship, kept);
        Assert.Single(_gateway.Room.Ships());
    }

    [Fact]
    public void A_newer_token_of_the_same_player_replaces_the_lease_and_its_role()
    {
        var player = TokenIssuer.NewPlayer();
        var machine = _gateway.Join(_transport, player: player);
        Assert.False(machine.IsPrivileged);
        machine.Receive(Messages.Auth(_gateway.AccessToken(player, PlayerRole.Admin, TimeSpan.FromHours(2))), reliable: true);
        _gateway.Rounds(3);
        var answer = _transport.Controls().Single(control => control.Kind == ControlKind.AuthResult);
        Assert.Equal(CloseReason.None, answer.Code);
        Assert.Equal((ulong)(_gateway.Time.GetUtcNow() + TimeSpan.FromHours(2)).ToUnixTimeMilliseconds(), answer.Expires, 2000.0);
        Assert.True(machine.IsPrivileged);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    [Fact]
    public void A_renewed_lease_outlives_the_token_that_the_connection_began_with()
    {
        var player = TokenIssuer.NewPlayer();
        var machine = _gateway.Connect(_transport, _gateway.Token(life: TimeSpan.FromMinutes(5), player: player));
        _gateway.Rounds(8);
        _gateway.CheckFails = true;
        machine.Receive(Messages.Auth(_gateway.AccessToken(player, life: TimeSpan.FromMinutes(20))), reliable: true);
        _gateway.Rounds(3);
        _gateway.Time.Advance(TimeSpan.FromMinutes(10));
        machine.Receive(Messages.Ping(), reliable: false);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        _gateway.Time.Advance(TimeSpan.FromMinutes(11));
        machine.Receive(Messages.Ping(), reliable: false);
        Assert.Equal(CloseReason.ExpiredToken, machine.Reason);
    }

    [Fact]
    public void Refused_tokens_are_answered_with_their_reason_and_the_third_ends_the_connection()
    {
        var machine = _gateway.Join(_transport);
        foreach (var token in new[] { "nonsense", _gateway.AccessToken(TokenIssuer.NewPlayer()), "nonsense" })
        {
            Assert.Equal(ConnectionStage.InRoom, machine.Stage);
            machine.Receive(Messages.Auth(token), reliable: true);
            _gateway.Rounds(2);
        }

        var answers = _transport.Controls().Where(control => control.Kind == ControlKind.AuthResult).ToList();
        Assert.Equal(3, answers.Count);
        Assert.All(answers, answer => Assert.Equal(CloseReason.BadToken, answer.Code));
        Assert.Equal(1, _gateway.Metrics.AuthFailures["wrong_player"]);
        Assert.Equal(2, _gateway.Metrics.AuthFailures["malformed"]);
        Assert.Equal((ConnectionStage.Closing, CloseReason.BadToken), (machine.Stage, machine.Reason));
    }

    [Fact]
    public void A_token_on_the_unreliable_channel_is_not_looked_at()
    {
        var machine = _gateway.Join(_transport);
        for (var i = 0; i < 5; i++)
            machine.Receive(Messages.Auth("nonsense"), reliable: false);
        _gateway.Rounds(2);
        Assert.DoesNotContain(_transport.Controls(), control => control.Kind == ControlKind.AuthResult);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
    }

    [Fact]
    public void Nothing_but_the_token_counts_before_the_room_and_nothing_is_kept()
    {
        _gateway.VerifyHangs = true;
        var machine = _gateway.Connect(_transport, _gateway.Token());
        machine.Receive(Messages.Fragment(1, 0, 2, new byte[1000]), reliable: true);
        machine.Receive(Messages.Ping(), reliable: false);
        machine.Receive(Messages.Codec1(Protocol.Codec1.Events.WireEventKind.StartSession), reliable: true);
        Assert.Equal(0, machine.OpenFragments);
        Assert.Empty(_transport.Sent);
        Assert.Equal(ConnectionStage.Handshake, machine.Stage);
    }

    private static SessionLease Refusal(CloseReason reason) => new(Granted: false, (byte)reason, ConnectionEpoch.None, "player", default);

    // One round, in which the room ticks once.
    private void PassSecond()
    {
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(984));
        _gateway.Rounds(1);
    }
}
