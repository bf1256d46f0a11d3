// The tutorial's rule does what the tutorial says, and the tutorial shows the file that these tests compile.
using System.Runtime.CompilerServices;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using MyGame;

namespace Aetheris.World.Tests;

public class DecoyTests
{
    private readonly WorldDefinition _definition = GameRules.Build();

    [Fact]
    public void A_pilot_drops_at_most_three_decoys_and_each_is_gone_after_ten_seconds()
    {
        var world = new RoomWorld(_definition, new RoomSettings());
        world.Run(Rooms.Join(Rooms.Ann), Rooms.Join(Rooms.Ben));
        var before = world.Entities.Count;
        for (var i = 0; i < 4; i++)
            world.Run(Drop(Rooms.Ann));
        Assert.Equal(before + 3, world.Entities.Count);
        world.Run(Drop(Rooms.Ben));
        Assert.Equal(before + 4, world.Entities.Count);

        Assert.True(RoomWorld.TryLoad(_definition, world.Save(), out var loaded, out var reason), reason);
        loaded.RunUntil(650);
        world.RunUntil(650);
        Assert.Equal((before, world.StateHash()), (world.Entities.Count, loaded.StateHash()));
    }

    [Fact]
    public void Only_the_living_connection_of_a_pilot_drops_anything()
    {
        var world = new RoomWorld(_definition, new RoomSettings());
        world.Run(Rooms.Join(Rooms.Ann, connection: 2), Rooms.Join(Rooms.Ben, spectator: true));
        var before = world.Entities.Count;
        world.Run(Drop(Rooms.Ann, connection: 1), Drop(Rooms.Ben), Drop(new PlayerId(0, 9)), Drop(PlayerId.None));
        Assert.Equal(before, world.Entities.Count);
    }

    [Fact]
    public void Gateways_take_the_command_from_players_and_no_other()
    {
        Assert.True(_definition.IsFromPlayers(DropDecoyRule.Kind));
        Assert.False(_definition.IsFromPlayers(DropDecoyRule.Kind + 1));
        Assert.False(_definition.IsFromPlayers(CommandKind.ClearWorld));
        Assert.False(WorldDefinition.Standard.IsFromPlayers(DropDecoyRule.Kind));
    }

    [Fact]
    public void The_tutorial_shows_this_file()
    {
        var docs = Docs();
        Assert.Contains(File.ReadAllText(Path.Combine(docs, "samples", "Decoys.cs")), File.ReadAllText(Path.Combine(docs, "tutorial", "a-new-rule.md")), StringComparison.Ordinal);
    }

    private static Command Drop(PlayerId player, uint connection = 1) =>
        new() { Kind = DropDecoyRule.Kind, Player = player, Connection = new ConnectionEpoch(connection) };

    private static string Docs([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs");
}
