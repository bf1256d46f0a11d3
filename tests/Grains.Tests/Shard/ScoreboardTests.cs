// Kills are counted once, and what is kept of them is bounded.
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Grains.Shard;
using Aetheris.Grains.Tests.Harness;

namespace Aetheris.Grains.Tests.Shard;

public sealed class ScoreboardTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ScoreboardRecord _record = new();
    private readonly Scoreboard _board;

    public ScoreboardTests() => _board = new Scoreboard(_record);

    [Fact]
    public void Kills_lead_then_fewer_deaths_then_the_name()
    {
        Take(Kill(1, 0, 1, 2), Kill(2, 0, 1, 3), Kill(3, 0, 2, 3), Kill(4, 0, 4, 3));
        Assert.Equal(["p1", "p4", "p2", "p3"], _board.Leaders(10).Select(s => s.Pilot.Name));
        Assert.Equal((0, 3), (_board.Leaders(10)[3].Kills, _board.Leaders(10)[3].Deaths));
        Assert.Equal("p1", Assert.Single(_board.Leaders(1)).Pilot.Name);
    }

    [Fact]
    public void Repeats_of_a_recovered_room_are_dropped()
    {
        Assert.Equal(2, Take(Kill(5, 0, 1, 2), Kill(5, 1, 1, 3)));
        Assert.Equal(0, Take(Kill(5, 0, 1, 2), Kill(5, 1, 1, 3)));
        Assert.Equal(1, _board.Take(new KillReport("arena", 2, IsNewWorld: false, [Kill(5, 1, 1, 3), Kill(6, 0, 1, 2)]), Now));
        Assert.Equal(0, _board.Take(new KillReport("arena", 1, IsNewWorld: false, [Kill(7, 0, 1, 2)]), Now));
        Assert.Equal(3, _board.Leaders(1)[0].Kills);
        Assert.Equal([6ul, 5, 5], _board.Kills(10).Select(k => k.Kill.Tick));
    }

    [Fact]
    public void A_new_world_of_the_same_name_counts_from_its_first_tick()
    {
        Take(Kill(500, 0, 1, 2));
        var anew = new KillReport("arena", 2, IsNewWorld: true, [Kill(3, 0, 1, 2)]);
        Assert.Equal(1, _board.Take(anew, Now));
        Assert.Equal(0, _board.Take(anew, Now));
    }

    [Fact]
    public void Rooms_do_not_share_their_ticks()
    {
        Take(Kill(9, 0, 1, 2));
        Assert.Equal(1, _board.Take(new KillReport("other", 1, IsNewWorld: true, [Kill(3, 0, 1, 2)]), Now));
    }

    [Fact]
    public void A_kill_without_a_killer_counts_as_a_death()
    {
        Take(new Kill(1, 0, null, Pilot(2)));
        Assert.Equal((0, 1), (_board.Leaders(1)[0].Kills, _board.Leaders(1)[0].Deaths));
    }

    [Fact]
    public void What_is_kept_is_bounded_and_the_lowest_scores_go_first()
    {
        for (var i = 1; i <= Scoreboard.MaxScores + 50; i++)
            Take(Kill((ulong)i, 0, 1, 1000 + i));
        Assert.Equal(Scoreboard.MaxScores, _record.Scores.Count);
        Assert.Equal("p1", _board.Leaders(1)[0].Pilot.Name);
        Assert.Equal(Scoreboard.MaxRows, _board.Kills(10_000).Count);
        for (var i = 0; i <= Scoreboard.MaxRooms + 5; i++)
            _board.Take(new KillReport($"r{i}", 1, IsNewWorld: true, [Kill(1, 0, 1, 2)]), Now.AddSeconds(i));
        Assert.Equal(Scoreboard.MaxRooms, _record.Counted.Count);
    }

    private static Pilot Pilot(int number) => new(Make.Player(number), $"p{number}");

    private static Kill Kill(ulong tick, int index, int killer, int victim) => new(tick, index, Pilot(killer), Pilot(victim));

    private int Take(params Kill[] kills) => _board.Take(new KillReport("arena", 1, IsNewWorld: true, kills), Now);
}
