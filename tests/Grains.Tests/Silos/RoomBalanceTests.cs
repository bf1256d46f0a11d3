// When a silo gives a room away, and which.
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Silos;

namespace Aetheris.Grains.Tests.Silos;

public sealed class RoomBalanceTests
{
    private const int TickRate = 60;

    [Fact]
    public void A_difference_of_one_room_moves_nothing()
    {
        Assert.Null(RoomBalance.Choose([Room("a"), Room("b")], fewest: 1, TickRate));
        Assert.Null(RoomBalance.Choose([], fewest: 0, TickRate));
    }

    [Fact]
    public void The_room_with_the_fewest_players_goes_first()
    {
        var chosen = RoomBalance.Choose([Room("a", players: 5), Room("b", players: 2), Room("c", players: 9)], fewest: 1, TickRate);

        Assert.Equal("b", chosen?.Room);
    }

    [Fact]
    public void A_room_rests_for_a_minute_after_a_move()
    {
        const ulong Moved = 1000;
        var resting = Room("a") with { Tick = Moved + 3599, LastMove = new RoomMove("x", "y", 20, Moved) };

        Assert.Null(RoomBalance.Choose([resting, resting], fewest: 0, TickRate));
        Assert.Equal("a", RoomBalance.Choose([resting with { Tick = Moved + 3600 }, resting], fewest: 0, TickRate)?.Room);
    }

    [Fact]
    public void A_room_that_closes_stays_where_it_is()
    {
        Assert.Null(RoomBalance.Choose([Room("a") with { Status = RoomStatus.Draining }, Room("b") with { Status = RoomStatus.Draining }], fewest: 0, TickRate));
    }

    private static RoomListing Room(string name, int players = 1) =>
        new() { Room = name, Status = RoomStatus.Active, Players = players, Tick = 1 };
}
