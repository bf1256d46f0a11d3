// A scene that real clients play over UDP, each step seen by the others; nobody in another room sees any of it.
using System.Net.Http.Json;
using System.Text.Json;
using Aetheris.Client.Connection;
using Aetheris.Cluster.Tests.Scene;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.Cluster.Tests;

public sealed class PlayedSceneTests
{
    // A field of 20 asteroids within 20 m of the start, so that no miner waits for the next one.
    private const string FieldTemplate = "--Aetheris:Rooms:Templates:field:Stress=100";

    private const int VictimOre = 20;
    private const int Hold = 500;
    private const int QuietEntities = 4;
    private const ulong TicksPerSecond = 60;

    // Far enough from the field that the victim is the gunner's nearest target; too far from each other to collect the drop at once.
    private const float DuelY = 80f;
    private const float GunnerX = 15f;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MiningPatience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_scene_is_seen_by_every_other_client_of_its_room_and_by_nobody_in_another()
    {
        await using var workplace = new Workplace();
        var server = await workplace.StartStandaloneAsync(FieldTemplate, "--Aetheris:Demo:Pilots=0");

        await PlayAsync(server.Http);
    }

    [Fact]
    public async Task The_same_scene_plays_through_a_gateway_of_its_own_process()
    {
        await using var workplace = new Workplace();
        var (_, gateway) = await workplace.StartPairAsync(FieldTemplate, "--Aetheris:Demo:Pilots=0");

        await PlayAsync(gateway.Http);
    }

    private static async Task PlayAsync(string http)
    {
        using var stage = new Stage(http);
        var miner = stage.Enter("miner", new ClientOptions { Template = "field" });
        await InRoomAsync(stage, miner);
        var field = miner.Client.Room;
        var gunner = stage.Enter("gunner", new ClientOptions { Room = field });
        var victim = stage.Enter("victim", new ClientOptions { Room = field });
        var watcher = stage.Enter("watcher", new ClientOptions { Room = field, Spectate = true });
        var strangers = new[] { stage.Enter("stranger", new ClientOptions { Room = "quiet" }), stage.Enter("stranger's friend", new ClientOptions { Room = "quiet" }) };
        await InRoomAsync(stage, [gunner, victim, watcher, .. strangers]);
        await stage.UntilAsync("the other room is complete", Patience, () => Array.Find(strangers, s => s.Client.View.Count != QuietEntities)?.ToString());
        await stage.ForAsync("the other room comes to rest", Settled);
        Array.ForEach(strangers, stranger => stranger.ExpectRest());
        var began = watcher.Client.View.NewestTick;

        var steps = new List<SceneStep>();
        Task SeenAsync(SceneStep step, TimeSpan patience)
        {
            steps.Add(step);
            return stage.UntilAsync($"{step.Name}, for the {watcher.Name}", patience, () => step.Missing(watcher.Seen));
        }

        var first = new Miner(miner.Client, miner.Pilot, Hold);
        miner.Script = first.Step;
        await stage.UntilAsync("the miner finds an asteroid", Patience, () => first.Target == NetworkId.None ? miner.ToString() : null);
        var roles = new Roles { Miner = miner.Pilot.Ship, Gunner = gunner.Pilot.Ship, Victim = victim.Pilot.Ship, Asteroid = first.Target };
        var (mining, combat) = (new MiningSteps(roles), new CombatSteps(roles));
        var second = new Miner(victim.Client, victim.Pilot, VictimOre) { Target = first.Target };
        victim.Script = second.Step;
        gunner.Script = () => gunner.Pilot.FlyTo(GunnerX, DuelY, within: 1);
        await SeenAsync(mining.BeamIsOn, Patience);
        await stage.UntilAsync("the victim mines some ore", Patience, () => second.IsDone ? null : victim.ToString());

        // The duel takes place while the miner goes on.
        var inPlace = false;
        victim.Script = () => inPlace = victim.Pilot.FlyTo(0, DuelY, within: 1);
        await stage.UntilAsync("the duellists take their places", Patience, () => inPlace && gunner.Pilot.DistanceTo(GunnerX, DuelY) < 1 ? null : $"{victim}\n{gunner}");
        gunner.Pilot.Rest();
        victim.Pilot.Rest();
        victim.Script = null;
        gunner.Script = new Gunner(gunner.Client, gunner.Pilot).Step;
        await SeenAsync(combat.VictimDies, Patience);
        await SeenAsync(combat.ShieldFallsBeforeHull, Patience);
        await SeenAsync(combat.DamageIsTold, Patience);
        await SeenAsync(combat.CargoDrops, Patience);
        gunner.Script = () => gunner.Pilot.FlyTo(0, DuelY, within: 1);
        await SeenAsync(combat.ShotsFly, Patience);
        await SeenAsync(combat.DropIsCollected, Patience);

        await stage.UntilAsync("the victim possesses a new ship", Patience, () => victim.IsInRoom ? null : victim.ToString());
        roles.Reborn = victim.Pilot.Ship;
        await SeenAsync(combat.VictimIsBack, Patience);
        victim.Script = () => victim.Pilot.FlyTo(0, -DuelY, within: 1);
        await SeenAsync(combat.VictimFliesAgain, Patience);

        await SeenAsync(mining.AsteroidIsDepleted, Patience);
        await SeenAsync(mining.AsteroidComesBack, Patience);
        await SeenAsync(mining.HoldIsFull, MiningPatience);

        // What must happen once would come twice now.
        await stage.ForAsync("the scene is over", Settled);
        AssertSeen(steps, [watcher, miner, gunner, victim]);
        AssertPossession(victim, roles.Reborn, [watcher, miner, gunner]);
        AssertNoInputLost([miner, gunner, victim, .. strangers]);
        await AssertNewsAsync(http, field);
        AssertUnseen(steps, strangers, watcher.Client.View.NewestTick - began);
    }

    // The shard hears of the one fight of the scene, once.
    private static async Task AssertNewsAsync(string url, string room)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        var kill = Assert.Single((await http.GetFromJsonAsync<JsonElement>("/api/killfeed")).EnumerateArray());
        Assert.Equal((room, "tester", "tester"), (kill.GetProperty("room").GetString(), kill.GetProperty("killer").GetString(), kill.GetProperty("victim").GetString()));
        var leaders = (await http.GetFromJsonAsync<JsonElement>("/api/leaderboard?count=2")).EnumerateArray().ToArray();
        Assert.Equal([(1, 1, 0), (2, 0, 1)], leaders.Select(row => (row.GetProperty("rank").GetInt32(), row.GetProperty("kills").GetInt32(), row.GetProperty("deaths").GetInt32())));
        using var refused = await http.GetAsync(new Uri("/api/leaderboard?count=101", UriKind.Relative));
        Assert.Equal(400, (int)refused.StatusCode);
    }

    private static Task InRoomAsync(Stage stage, params Actor[] actors) =>
        stage.UntilAsync("all are in their room", Patience, () => Array.Find(actors, actor => !actor.IsInRoom)?.ToString());

    private static void AssertSeen(List<SceneStep> steps, Actor[] observers)
    {
        var missing = from actor in observers from step in steps let what = step.Missing(actor.Seen) where what is not null select $"{step.Name}: the {actor.Name} {what}";
        Assert.Empty(missing);
    }

    private static void AssertPossession(Actor pilot, NetworkId ship, Actor[] others)
    {
        var told = pilot.Seen.EventsOf(RoomEventKind.Possession).FindAll(value => value.Entity == ship);
        Assert.True(told is [var possession] && possession.To == pilot.Client.Player, Chronicle.Describe(told));
        Assert.All(others, other => Assert.DoesNotContain(other.Seen.Events, value => value.Kind == RoomEventKind.Possession && value.To != other.Client.Player));
    }

    private static void AssertNoInputLost(Actor[] pilots) => Assert.All(pilots, pilot =>
    {
        var counts = pilot.Client.Inputs.Counts;
        Assert.True(counts is { Lost: 0, ChainMismatches: 0, Acked: > 0 }, $"{pilot}: {counts.Lost} inputs lost, {counts.ChainMismatches} chain mismatches");
    });

    private static void AssertUnseen(List<SceneStep> steps, Actor[] strangers, ulong ticks)
    {
        Assert.All(strangers, stranger =>
        {
            // They were watching all the time.
            Assert.InRange(stranger.RestedTicks, ticks - TicksPerSecond, ticks + TicksPerSecond);
            Assert.True(stranger.Disturbance is null, $"the {stranger.Name} in the other room saw {stranger.Disturbance}");
            Assert.DoesNotContain(stranger.Seen.Events, value => value.Kind is not (RoomEventKind.Joined or RoomEventKind.Possession) || value.To != stranger.Client.Player);
            Assert.Equal(QuietEntities, stranger.Seen.Stories.Count());

            // No step can be taken for seen by one who sees nothing of it.
            Assert.All(steps, step => Assert.True(step.Missing(stranger.Seen) is not null, $"{step.Name}: even the {stranger.Name} passes for having seen it"));
        });
    }
}
