// Where rooms are placed, by what silos report.
using System.Net;
using Aetheris.Grains.Interfaces.Silos;
using Aetheris.Grains.Silos;
using Orleans.Runtime;

namespace Aetheris.Grains.Tests.Silos;

public sealed class SiloViewsTests
{
    private static readonly SiloAddress A = Silo(1);
    private static readonly SiloAddress B = Silo(2);
    private static readonly SiloAddress C = Silo(3);

    private readonly SiloViews _views = new();

    [Fact]
    public void A_room_goes_to_the_silo_with_the_fewest_rooms()
    {
        _views.Take(A, Report(rooms: 3));
        _views.Take(B, Report(rooms: 1));

        Assert.Equal(B, _views.PlaceRoom([A, B]));
    }

    [Fact]
    public void Rooms_that_open_between_two_reports_spread()
    {
        _views.Take(A, Report(rooms: 1));
        _views.Take(B, Report(rooms: 0));
        _views.Take(C, Report(rooms: 0));

        var placed = Enumerable.Range(0, 5).Select(_ => _views.PlaceRoom([A, B, C])).ToList();

        Assert.Equal([1, 2, 2], new[] { A, B, C }.Select(silo => placed.Count(place => place.Equals(silo))));
    }

    [Fact]
    public void A_report_replaces_what_was_guessed_since_the_one_before()
    {
        _views.Take(A, Report(rooms: 0));
        _views.PlaceRoom([A]);
        _views.Take(A, Report(rooms: 1));

        Assert.Equal(1, _views.RoomsOf(A));
    }

    [Fact]
    public void A_draining_silo_gets_no_room_while_another_can_have_it()
    {
        _views.Take(A, Report(rooms: 0, draining: true));
        _views.Take(B, Report(rooms: 9));

        Assert.Equal(B, _views.PlaceRoom([A, B]));
        Assert.Equal(A, _views.PlaceRoom([A]));
        Assert.Null(_views.FewestRooms([A]));
    }

    [Fact]
    public void A_silo_that_is_no_member_any_more_is_forgotten()
    {
        _views.Take(A, Report(rooms: 5, draining: true));

        _views.Keep(new HashSet<SiloAddress> { B });

        Assert.False(_views.IsDraining(A));
        Assert.Equal(0, _views.RoomsOf(A));
    }

    private static SiloReport Report(int rooms, bool draining = false) => new("silo", rooms, draining, IsMovingRooms: false, "1");

    private static SiloAddress Silo(int port) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 1);
}
