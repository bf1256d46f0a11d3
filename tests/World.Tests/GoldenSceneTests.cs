// Our own golden recordings, in which things move: the original's is constant and proves little.
using System.Buffers.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Events;
using Aetheris.Protocol.Identity;

namespace Aetheris.World.Tests;

public class GoldenSceneTests
{
    /// <summary>A folder into which the scenes are recorded anew instead of compared.</summary>
    private const string Record = "AETHERIS_RECORD_SCENES";

    private const int Ticks = 600;

    [Theory]
    [InlineData("fleet", RoomEventKind.None)]
    [InlineData("mining", RoomEventKind.AsteroidDepleted)]
    [InlineData("battle", RoomEventKind.Respawn)]
    public void Scene_reproduces_its_recording_and_changes_from_tick_to_tick(string scene, RoomEventKind happens)
    {
        var world = Rooms.New();
        for (var pilot = 1; pilot <= 12; pilot++)
        {
            var type = string.Equals(scene, "fleet", StringComparison.Ordinal) ? new[] { EntityTypes.Interceptor, EntityTypes.Dreadnought, EntityTypes.Hauler }[pilot % 3] : EntityTypes.Interceptor;
            JoinRule.Join(world, Rooms.Join(new PlayerId(0, (ulong)pilot), type: type), 25 + (pilot % 4 * 3), (pilot / 4 * 3) - 6, 0);
        }

        var events = new HashSet<RoomEventKind>();
        var hashes = new byte[Ticks * 8];
        for (var tick = 0; tick < Ticks; tick++)
        {
            events.UnionWith(world.Run([.. Enumerable.Range(1, 12).Select(pilot => Act(scene, pilot, (ulong)tick + 1))]).Select(roomEvent => roomEvent.Kind));
            BinaryPrimitives.WriteUInt64LittleEndian(hashes.AsSpan(tick * 8), world.GoldenHash());
        }

        Assert.Equal(Ticks, Enumerable.Range(0, Ticks).Select(tick => BinaryPrimitives.ReadUInt64LittleEndian(hashes.AsSpan(tick * 8))).Distinct().Count());
        Assert.True(happens == RoomEventKind.None || events.Contains(happens), string.Join(' ', events));
        if (Environment.GetEnvironmentVariable(Record) is { Length: > 0 } folder)
            File.WriteAllBytes(Path.Combine(folder, "scene-" + scene + ".bin"), hashes);
        else
            Assert.Equal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "golden", "scene-" + scene + ".bin")), hashes);
    }

    private static Command Act(string scene, int pilot, ulong tick)
    {
        var player = new PlayerId(0, (ulong)pilot);
        var phase = ((int)(tick / 20) + pilot) % 8;
        var command = Rooms.Input(player, tick, (phase % 3) - 1, (phase / 3) - 1);
        switch (scene)
        {
            case "mining":
                command.Input.MoveX *= 0.2f;
                command.Input.MoveY *= 0.2f;
                if (tick % 40 == (ulong)pilot)
                    (command.Input.Buttons, command.Input.MiningTarget) = (InputButtons.ToggleMining, tick < 320 ? 3UL : 15);
                break;
            case "battle":
                command.Input.Buttons = InputButtons.Fire;
                command.Input.ViewDelay = (byte)pilot;
                break;
        }

        return command;
    }
}
