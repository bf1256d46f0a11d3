// Death events become kills of players.
using Aetheris.Grains.Shard;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;
using Aetheris.World;

namespace Aetheris.Grains.Tests.Shard;

public sealed class KillFeedTests
{
    private readonly RoomWorld _world = new(WorldDefinition.Standard, new RoomSettings());
    private readonly ChangeSet _changes = new();
    private readonly KillFeed _feed = new();

    [Fact]
    public void A_ship_that_another_one_destroyed_is_a_kill_and_waits_until_it_is_confirmed()
    {
        var (first, second) = JoinTwo();
        Note(Death(second, first), Death(first, second));
        var kills = _feed.Peek();
        Assert.Equal([(0, "p1", "p2"), (1, "p2", "p1")], kills.Select(k => (k.Index, k.Killer!.Name, k.Victim.Name)));
        Assert.All(kills, k => Assert.Equal(_world.Tick, k.Tick));
        Assert.Equal(2, _feed.Peek().Length);
        _feed.Confirm(kills);
        Assert.Empty(_feed.Peek());
    }

    [Fact]
    public void What_came_after_the_publishing_goes_on_waiting()
    {
        var (first, second) = JoinTwo();
        Note(Death(second, first));
        var published = _feed.Peek();
        _world.BeginTick();
        Note(Death(first, second));
        _feed.Confirm(published);
        Assert.Equal("p1", Assert.Single(_feed.Peek()).Victim.Name);
    }

    [Fact]
    public void Asteroids_are_no_kills_and_a_ship_that_hit_itself_has_no_killer()
    {
        var (first, _) = JoinTwo();
        Note(Death(new NetworkId(99_999), first), Death(first, first));
        Assert.Null(Assert.Single(_feed.Peek()).Killer);
    }

    [Fact]
    public void Nobody_taking_them_costs_the_oldest_and_no_memory()
    {
        var (first, second) = JoinTwo();
        for (var i = 0; i < KillFeed.MaxWaiting + 10; i++)
            Note(Death(second, first));
        Assert.Equal(KillFeed.MaxWaiting, _feed.Peek().Length);
        Assert.Equal(10, _feed.Dropped);
    }

    [Fact]
    public void Ships_of_a_room_that_came_from_elsewhere_are_learnt_within_a_second()
    {
        var (first, second) = JoinTwo();
        var feed = new KillFeed();
        for (var i = 0; i < 64; i++)
        {
            _world.BeginTick();
            feed.Note(_world.Tick, [], _world.Players);
        }

        feed.Note(_world.Tick, [Death(second, first)], _world.Players);
        Assert.Single(feed.Peek());
        Assert.True(_feed.IsNewWorld);
        Assert.False(feed.IsNewWorld);
    }

    private static RoomEvent Death(NetworkId victim, NetworkId killer) => new() { Kind = RoomEventKind.Death, Entity = victim, Other = killer };

    private (NetworkId First, NetworkId Second) JoinTwo()
    {
        _world.BeginTick();
        for (var i = 1; i <= 2; i++)
            _world.Apply(new Command { Kind = CommandKind.Join, Player = Make.Player(i), Connection = new ConnectionEpoch(1), Name = $"p{i}" });
        _world.Step();
        _world.Extract(_changes);
        _feed.Note(_world.Tick, _changes.Events, _world.Players);
        Assert.True(_world.Players.TryGet(Make.Player(1), out var first));
        Assert.True(_world.Players.TryGet(Make.Player(2), out var second));
        return (first.Ship, second.Ship);
    }

    private void Note(params RoomEvent[] events) => _feed.Note(_world.Tick, events, _world.Players);
}
