// Where a wish leads.
using Aetheris.Grains.Configuration;
using Aetheris.Grains.Directory;
using Aetheris.Grains.Interfaces.Directory;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Grains.Tests.Directory;

public sealed class RoomIndexTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RoomsOptions _options = new() { SeatSeconds = 10 };
    private readonly RoomIndex _index;

    public RoomIndexTests() => _index = new RoomIndex(_options, _time);

    [Fact]
    public void A_room_by_name_is_created_only_where_that_is_allowed()
    {
        Assert.Equal(MatchOutcome.Unknown, Match(new("arena", null, false, []), out var create).Outcome);
        Assert.Null(create);
        Assert.Equal(MatchOutcome.Found, Match(new("arena", null, true, []), out create).Outcome);
        Assert.Equal("default", create);
        _options.CreateByName = true;
        Assert.Equal("arena", Match(new("arena", null, false, []), out create).Room);
        Assert.Equal("default", create);
        Assert.Equal(MatchOutcome.Unknown, Match(new("No Such Name", null, true, []), out _).Outcome);
    }

    [Fact]
    public void A_player_opens_so_many_rooms_by_name_until_one_of_them_closes_and_operators_as_many_as_they_like()
    {
        _options.CreateByName = true;
        _options.PerPlayer = 2;
        var (ada, bob) = (new PlayerId(1, 1), new PlayerId(1, 2));
        Assert.Equal(MatchOutcome.Found, Create("a", ada));
        Assert.Equal(MatchOutcome.Found, Create("b", ada));
        Assert.Equal(MatchOutcome.TooMany, Create("c", ada));
        Assert.Equal(MatchOutcome.Found, Create("c", bob));
        Assert.Equal(MatchOutcome.Found, Match(new("c", null, false, []) { Player = ada }, out _).Outcome);
        Assert.Equal(MatchOutcome.Found, Match(new("d", null, true, []) { Player = ada }, out _).Outcome);

        _index.Forget("a");
        Assert.Equal(MatchOutcome.Found, Create("e", ada));

        MatchOutcome Create(string room, PlayerId player)
        {
            var outcome = Match(new(room, null, false, []) { Player = player }, out _).Outcome;
            if (outcome == MatchOutcome.Found)
                Report(room, players: 1, capacity: 0);
            return outcome;
        }
    }

    [Fact]
    public void A_known_room_is_joined_refused_when_full_and_closed_to_others_by_its_policy()
    {
        Report("arena", players: 1, capacity: 2);
        Assert.Equal(MatchOutcome.Found, Match(new("arena", null, false, []), out var create).Outcome);
        Assert.Null(create);
        Report("arena", players: 2, capacity: 2);
        Assert.Equal(MatchOutcome.Full, Match(new("arena", null, false, []), out _).Outcome);
        Assert.Equal(MatchOutcome.Found, Match(new("arena", null, false, []) { Place = "arena" }, out _).Outcome);
        _index.Report(Listing("vip", 0, 0) with { Access = "InviteOnly" });
        Assert.Equal(MatchOutcome.Forbidden, Match(new("vip", null, false, []), out _).Outcome);
        Assert.Equal(MatchOutcome.Found, Match(new("vip", null, true, []), out _).Outcome);
    }

    [Fact]
    public void A_wish_for_a_template_leads_back_to_the_place_that_one_has_there()
    {
        Report("duel50-1", 20, 50, "duel50");
        Report("duel50-2", 50, 50, "duel50");
        Assert.Equal("duel50-2", Match(new(null, "duel50", false, []) { Place = "duel50-2" }, out var create).Room);
        Assert.Null(create);
        Assert.Equal("duel50-1", Match(new(null, "duel50", false, ["duel50-2"]) { Place = "duel50-2" }, out _).Room);
        Assert.Equal("duel50-1", Match(new(null, "duel50", false, []) { Place = "elsewhere" }, out _).Room);
    }

    [Fact]
    public void No_wish_leads_to_the_playground_which_anybody_may_open()
    {
        Assert.Equal("playground", Match(new(null, null, false, []), out var create).Room);
        Assert.Equal("default", create);
        Report("playground", 1, 0);
        Assert.Equal("playground", Match(new(null, null, false, []), out create).Room);
        Assert.Null(create);
    }

    [Fact]
    public void A_template_fills_the_fullest_room_with_space_and_then_opens_the_next()
    {
        Assert.Equal("duel50-1", Match(new(null, "duel50", false, []), out var create).Room);
        Assert.Equal("duel50", create);
        Report("duel50-1", 10, 50, "duel50");
        Report("duel50-2", 49, 50, "duel50");
        Report("duel50-3", 50, 50, "duel50");
        Assert.Equal("duel50-2", Match(new(null, "duel50", false, []), out create).Room);
        Assert.Null(create);
        Assert.Equal("duel50-1", Match(new(null, "duel50", false, []), out _).Room);
        Report("duel50-1", 50, 50, "duel50");
        Assert.Equal("duel50-4", Match(new(null, "duel50", false, []), out create).Room);
        Assert.Equal("duel50", create);
        Assert.Equal(MatchOutcome.Unknown, Match(new(null, "nope", true, []), out _).Outcome);
    }

    [Fact]
    public void A_room_that_refused_a_player_is_not_suggested_to_them_again()
    {
        Report("duel50-1", 10, 50, "duel50");
        Assert.Equal("duel50-2", Match(new(null, "duel50", false, ["duel50-1"]), out _).Room);
        Assert.Equal("duel50-3", Match(new(null, "duel50", false, ["duel50-1", "duel50-2"]), out _).Room);
        Assert.Equal(MatchOutcome.Full, Match(new("duel50-1", null, false, ["duel50-1"]), out _).Outcome);
    }

    [Fact]
    public void Promised_places_count_until_the_players_arrive_or_stay_away()
    {
        Report("arena", players: 0, capacity: 2);
        Assert.Equal(MatchOutcome.Found, Join());
        Assert.Equal(MatchOutcome.Found, Join());
        Assert.Equal(MatchOutcome.Full, Join());
        Report("arena", players: 1, capacity: 2);
        Assert.Equal(MatchOutcome.Full, Join());
        _time.Advance(TimeSpan.FromSeconds(6));
        Report("arena", players: 1, capacity: 2);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(MatchOutcome.Found, Join());

        MatchOutcome Join() => Match(new("arena", null, false, []), out _).Outcome;
    }

    [Fact]
    public void Whoever_asks_again_takes_one_place_and_not_two()
    {
        Report("duel50-1", players: 48, capacity: 50, template: "duel50");
        PlayerId first = new(1, 1), second = new(1, 2), third = new(1, 3);

        Assert.Equal("duel50-1", Join(first));
        Assert.Equal("duel50-1", Join(first));
        Assert.Equal("duel50-1", Join(second));
        Assert.Equal("duel50-2", Join(third));
        Assert.Equal("duel50-1", Join(second));

        string Join(PlayerId player) => Match(new(null, "duel50", false, []) { Player = player }, out _).Room;
    }

    [Fact]
    public void Silent_and_closed_rooms_are_not_listed_and_draining_ones_not_suggested()
    {
        Report("b", 0, 0);
        Report("a", 0, 0);
        Assert.Equal(["a", "b"], _index.List().Select(listing => listing.Room));
        _index.Report(Listing("a", 0, 0) with { Status = RoomStatus.Closed });
        Assert.Equal(["b"], _index.List().Select(listing => listing.Room));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Single(_index.List());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_index.List());
        _index.Report(Listing("duel50-1", 5, 50, "duel50") with { Status = RoomStatus.Draining });
        Assert.Equal("duel50-2", Match(new(null, "duel50", false, []), out _).Room);
    }

    [Fact]
    public void Late_news_of_an_older_epoch_does_not_hide_the_living_room()
    {
        _index.Report(Listing("arena", 1, 0) with { Epoch = 2 });
        _index.Report(Listing("arena", 9, 0) with { Epoch = 1, Status = RoomStatus.Closed });
        Assert.Equal(1, Assert.Single(_index.List()).Players);
        _index.Report(Listing("arena", 1, 0) with { Epoch = 2, Status = RoomStatus.Closed });
        Assert.Empty(_index.List());
    }

    private static RoomListing Listing(string room, int players, int capacity, string template = "default") =>
        new() { Room = room, Template = template, Status = RoomStatus.Active, Players = players, Capacity = capacity };

    private void Report(string room, int players, int capacity, string template = "default") =>
        _index.Report(Listing(room, players, capacity, template));

    private MatchResult Match(MatchRequest request, out string? create) => _index.Match(request, out create);
}
