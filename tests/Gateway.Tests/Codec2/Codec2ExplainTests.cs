// The replicator's reasons.
using Aetheris.Gateway.Replication.Codec2;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Gateway.Tests.Codec2;

public class Codec2ExplainTests
{
    [Fact]
    public void It_says_when_a_moving_neighbour_is_sent_against_which_base_and_when_a_resting_one_is_not()
    {
        var scene = new Codec2Scene(seed: 1) { Moving = 0.5 };
        scene.Join(20);
        var client = scene.Watch(1);
        client.Down.Delay = client.Up.Delay = 1;
        scene.Run(600);
        var moving = Explain(scene, client, Ship(scene, 2), ticks: 60);
        Assert.Equal(60, moving.Count);
        Assert.All(moving, entry => Assert.Equal(Decision.Sent, entry.Decision));
        Assert.All(moving, entry => Assert.True(entry is { BaseAge: 3, BaseGap: 2, Bytes: > 3, HeldAge: 3 }, entry.ToString()));
        var resting = Explain(scene, client, Ship(scene, 20), ticks: 60);
        Assert.InRange(resting.Count(entry => entry.Decision == Decision.Unchanged), 56, 59);
        Assert.Contains(resting, entry => entry is { Decision: Decision.Sent, BaseAge: >= 40, Bytes: < 5 });
    }

    [Fact]
    public void It_says_when_an_entity_has_to_wait_for_bytes_and_when_it_is_out_of_interest_or_absent()
    {
        var scene = new Codec2Scene(seed: 2);
        scene.Join(200);
        scene.Run(900);
        var client = scene.Watch(1, new Codec2Settings(4_000, 4_000, 4_000, InterestMetres: 100));
        scene.Run(200);
        var all = new List<DecisionEntry>();
        for (var pilot = 2; pilot <= 40; pilot++)
            all.AddRange(Explain(scene, client, Ship(scene, pilot), ticks: 4));
        all.AddRange(Explain(scene, client, new NetworkId(999_999), ticks: 1));
        foreach (var decision in new[] { Decision.Shed, Decision.Sent, Decision.OutOfInterest, Decision.Absent })
            Assert.Contains(all, entry => entry.Decision == decision);
        Assert.All(all.Where(entry => entry.Decision == Decision.Shed), entry => Assert.True(entry.Budget <= 300));
    }

    private static List<DecisionEntry> Explain(Codec2Scene scene, Codec2Client client, NetworkId entity, int ticks)
    {
        var trace = new DecisionTrace(entity);
        client.Replicator.Trace = trace;
        scene.Run(ticks);
        client.Replicator.Trace = null;
        return trace.ToList();
    }

    private static NetworkId Ship(Codec2Scene scene, int pilot)
    {
        Assert.True(scene.Broadcast.Replica.TryGetShip(new PlayerId(0, (ulong)pilot), out var slot));
        return scene.Room.World.Entities.IdOf(slot);
    }
}
