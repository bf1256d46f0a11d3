// A client whose gateway sends it on, or whose room is silent for long.
using Aetheris.Client.Connection;
using Aetheris.Client.Input;
using Aetheris.Client.Tests.Fakes;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Tests;

public class GatewayChangeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_redirected_client_keeps_its_ship_and_its_view_and_loses_no_input(byte codec)
    {
        var run = new FakeWorldRun { Codec = codec };
        var client = run.Add();
        run.Add();
        client.Intent = new PilotIntent(1, 0, Fire: false);
        run.Run(2);
        var ship = client.View.OwnShip;
        var known = client.View.Count;
        Assert.NotEqual(NetworkId.None, ship);

        run.Gateway.Broadcast(Bytes(new ControlMessage { Kind = ControlKind.Redirect, Text = "localhost", Port = 1, Reason = "going away" }), reliable: true);
        var fewest = known;
        var longest = 0;
        var away = 0;
        run.Run(2, () =>
        {
            fewest = Math.Min(fewest, codec == 2 ? client.View.Count : known);
            away = client.State == ClientState.InRoom ? 0 : away + 1;
            longest = Math.Max(longest, away);
        });

        Assert.Equal(ClientState.InRoom, client.State);
        Assert.Equal((1L, 0L, 1L, 1L), (client.Quality.Redirects, client.Quality.Disconnects, client.Quality.Reconnects, client.Quality.SameShip));
        Assert.Equal(ship, client.View.OwnShip);
        Assert.Equal(known, fewest);
        Assert.InRange(longest, 0, 60);
        var counts = client.Inputs.Counts;
        Assert.Equal(0, counts.Lost + counts.Unreceived + counts.ChainMismatches);
    }

    [Fact]
    public void A_client_that_hears_pauses_waits_ten_seconds_and_flies_on()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        client.Intent = new PilotIntent(1, 0, Fire: false);
        run.Run(2);
        var pause = Bytes(new ControlMessage { Kind = ControlKind.Pause, Tick = run.Gateway.World.Tick });
        var sent = 0L;
        for (var i = 0; i < 10_000; i++)
        {
            run.Clock.NowMicros += 1000;
            if (i % 50 == 0)
                run.Gateway.Broadcast(pause, reliable: false);
            client.Poll();
            if (i == 200)
                sent = client.Inputs.Counts.Sent;
        }

        Assert.Equal(ClientState.InRoom, client.State);
        Assert.Equal(sent, client.Inputs.Counts.Sent);

        client.FirePrimary();
        run.Gateway.StandStill();
        run.Run(2);
        Assert.Equal((0L, 0L), (client.Quality.Disconnects, client.Quality.Reconnects));
        Assert.InRange(client.Inputs.Counts.Sent - sent, 100, 125);
        Assert.Equal(0, client.Inputs.Counts.Lost + client.Inputs.Counts.ChainMismatches);
        Assert.Contains(run.Gateway.Forwarded, input => (input.Buttons & InputButtons.FirePrimary) != InputButtons.None);
    }

    [Fact]
    public void A_client_that_hears_nothing_for_a_second_leaves()
    {
        var run = new FakeWorldRun();
        var client = run.Add();
        run.Run(2);
        for (var i = 0; i < 1010; i++)
        {
            run.Clock.NowMicros += 1000;
            client.Poll();
        }

        Assert.NotEqual(ClientState.InRoom, client.State);
        Assert.Equal(1, client.Quality.Disconnects);
    }

    [Fact]
    public void The_own_ship_stays_the_own_ship_when_the_room_goes_on_in_another_epoch()
    {
        var run = new FakeWorldRun { Codec = 1 };
        var client = run.Add();
        run.Run(1);
        var ship = client.View.OwnShip;
        run.Gateway.Broadcast(
            Bytes(new ControlMessage { Kind = ControlKind.Accept, Text = "test", RoomEpoch = FakeGateway.RoomEpoch + 1, Tick = run.Gateway.World.Tick, TickRate = 60 }),
            reliable: true);
        client.Poll();
        Assert.Equal(FakeGateway.RoomEpoch + 1, client.View.RoomEpoch);
        Assert.Equal(ship, client.View.OwnShip);
        Assert.Equal(ClientState.InRoom, client.State);
    }

    private static byte[] Bytes(in ControlMessage message)
    {
        var writer = new ByteWriter();
        message.Write(writer);
        return writer.Written.ToArray();
    }
}
