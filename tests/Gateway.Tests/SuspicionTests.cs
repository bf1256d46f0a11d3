// What a connection's behaviour adds up to, and players who do nothing.
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Tests.Fakes;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Tests;

public sealed class SuspicionTests
{
    private readonly TestGateway _gateway = new();
    private readonly FakeTransport _transport = new() { SilentMilliseconds = 0 };

    [Fact]
    public void Points_are_the_original_s_and_a_kind_counts_once_per_second()
    {
        using var metrics = new GatewayMetrics();
        var meter = new SuspicionMeter(metrics);
        foreach (var (kind, score) in new[]
        {
            (SuspicionKind.Velocity, 25), (SuspicionKind.ActionRate, 40), (SuspicionKind.ValueRange, 90), (SuspicionKind.SequenceGap, 120), (SuspicionKind.Replay, 220),
        })
        {
            meter.Note(kind, 5000);
            meter.Note(kind, 5999);
            Assert.Equal(score, meter.Score);
        }

        meter.Note(SuspicionKind.Velocity, 6000);
        Assert.Equal(245, meter.Score);
        Assert.Equal(3, metrics.Violations["velocity"]);
    }

    [Fact]
    public void Clean_ticks_take_points_off_and_the_score_never_falls_below_zero()
    {
        using var metrics = new GatewayMetrics();
        var meter = new SuspicionMeter(metrics);
        meter.Note(SuspicionKind.ActionRate, 0);
        for (var i = 0; i < SuspicionMeter.CleanTicks * 2; i++)
            meter.OnTick();
        Assert.Equal(5, meter.Score);
        for (var i = 0; i < SuspicionMeter.CleanTicks * 5; i++)
            meter.OnTick();
        Assert.Equal(0, meter.Score);
    }

    [Fact]
    public void The_session_is_told_once_and_a_call_that_failed_is_repeated()
    {
        using var metrics = new GatewayMetrics();
        var meter = new SuspicionMeter(metrics);
        meter.Note(SuspicionKind.ValueRange, 0);
        Assert.Equal(50, meter.Report());
        meter.Note(SuspicionKind.ActionRate, 0);

        // No answer came: both are told again.
        Assert.Equal(65, meter.Report());
        meter.Learn(565);
        Assert.Equal((565, 0), (meter.Score, meter.Report()));
    }

    [Fact]
    public void Points_reach_the_session_and_a_score_of_800_ends_the_connection_with_a_reason()
    {
        var machine = _gateway.Join(_transport);
        machine.Receive(Messages.Codec1(WireEventKind.ClearWorld), reliable: true);
        _gateway.Rounds(70);
        Assert.Equal(15, _gateway.LastCheck?.Suspicion);

        _gateway.Lease = Granted(suspicion: 799);
        _gateway.Rounds(70);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        _gateway.Lease = Granted(suspicion: SuspicionLevel.Kick);
        _gateway.Rounds(70);
        Assert.Equal(CloseReason.Violation, machine.Reason);
    }

    [Fact]
    public void A_connection_begins_with_what_the_session_knows()
    {
        _gateway.Lease = Granted(suspicion: 120);
        var machine = _gateway.Join(_transport);
        Assert.Equal(120, machine.ToLiveSession()!.Suspicion);
        Assert.Equal(("baseline", "elevated", "critical"), (SuspicionLevel.Of(99), SuspicionLevel.Of(100), SuspicionLevel.Of(500)));
    }

    [Fact]
    public void A_pilot_who_does_nothing_is_told_to_come_again_and_one_who_flies_is_not()
    {
        _gateway.Options.AfkSeconds = 3;
        var machine = _gateway.Join(_transport);
        var flying = new FakeTransport { SilentMilliseconds = 0 };
        var pilot = _gateway.Join(flying);
        for (var i = 0UL; i < 240; i++)
        {
            _gateway.Rounds(1);
            machine.Receive(Messages.Ping(), reliable: false);
            Assert.True(pilot.TryGetShip(out var ship));
            pilot.Receive(Messages.Update(ship, Protocol.Components.ComponentKinds.InputCommand, Messages.MoveInput(i + 1)), reliable: false);
        }

        Assert.Equal(CloseReason.Idle, machine.Reason);
        Assert.Equal(ConnectionStage.InRoom, pilot.Stage);
    }

    [Fact]
    public void A_late_revocation_spares_a_connection_that_the_session_has_not_let_in_yet()
    {
        _gateway.ClaimHangs = true;
        var player = Auth.Tokens.TokenIssuer.NewPlayer();
        var machine = _gateway.Connect(_transport, _gateway.Token(player: player));
        _gateway.Rounds(2);
        Assert.Equal(ConnectionStage.Authenticated, machine.Stage);

        _gateway.Set.Revoke(player, new ConnectionEpoch(5));

        Assert.Equal(ConnectionStage.Authenticated, machine.Stage);
    }

    private static SessionLease Granted(int suspicion) =>
        new(Granted: true, 0, new ConnectionEpoch(3), "player", DateTimeOffset.MaxValue, suspicion);
}
