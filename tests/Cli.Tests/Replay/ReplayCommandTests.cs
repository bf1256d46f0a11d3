// aetheris replay on files: what run, diff and track say.
using System.CommandLine;
using System.Text.Json;
using Aetheris.Cli.Replay;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Frames;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Aetheris.World.Recording;
using Command = Aetheris.Protocol.Commands.Command;

namespace Aetheris.Cli.Tests.Replay;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aetheris-replay-").FullName;

    public ReplayCommandTests() => RecordingFile.Write(PathOf("a"), Record());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_prints_the_final_hash_and_that_nothing_differs()
    {
        var (code, output, error) = await RunAsync("run", PathOf("a"));
        Assert.True(code == 0, error);
        Assert.Matches("state hash after tick 120: [0-9a-f]{16}", output);
        Assert.Contains("first tick that differs: none", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_finds_a_flipped_input_at_its_tick_and_says_what_it_was()
    {
        Assert.Equal(0, (await RunAsync("flip", PathOf("a"), "--tick", "77", "--out", PathOf("b"))).Code);

        var (code, output, _) = await RunAsync("diff", PathOf("a"), PathOf("b"));
        Assert.Equal(1, code);
        Assert.Matches("the logs differ at tick 77: command 1: input of .* move \\(0.5, 1\\).* \\| input of .* move \\(-0.5, -1\\)", output);
        Assert.Contains("the states differ from tick 77 on", output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("run", PathOf("b"))).Code);
        Assert.Equal(0, (await RunAsync("diff", PathOf("a"), PathOf("a"))).Code);
    }

    [Fact]
    public async Task A_damaged_file_is_one_line()
    {
        var bytes = await File.ReadAllBytesAsync(PathOf("a"), TestContext.Current.CancellationToken);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(PathOf("c"), bytes, TestContext.Current.CancellationToken);

        Assert.Equal((1, $"error: {PathOf("c")}: it is damaged: its checksum differs"), await ErrorAsync("run", PathOf("c")));
        Assert.Equal((1, $"error: {PathOf("none")}: Could not find file '{PathOf("none")}'."), await ErrorAsync("run", PathOf("none")));
    }

    [Fact]
    public async Task A_track_has_a_path_for_every_entity()
    {
        Assert.Equal(0, (await RunAsync("track", PathOf("a"), "--every", "2", "--out", PathOf("track"))).Code);

        using var file = File.OpenRead(PathOf("track"));
        var track = (await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((1, 61, 2), (track.GetProperty("format").GetInt32(), track.GetProperty("samples").GetInt32(), track.GetProperty("every").GetInt32()));
        var ship = track.GetProperty("entities").EnumerateArray().Single(entity => entity.TryGetProperty("name", out var name) && name.GetString() == "Ann");
        Assert.Equal(61 - ship.GetProperty("from").GetInt32(), ship.GetProperty("x").GetArrayLength());
        Assert.True(ship.GetProperty("x").EnumerateArray().Sum(x => x.GetInt32()) > 0);
    }

    private static RoomRecording Record()
    {
        var world = new RoomWorld(WorldDefinition.Standard, new RoomSettings());
        var saved = new ByteWriter();
        world.Save(saved);
        var tick = new LoggedTick();
        var entries = new List<HistoryEntry>();
        var ann = new PlayerId(0, 1);
        for (ulong at = 1; at <= 120; at++)
        {
            var command = at == 1
                ? new Command { Kind = CommandKind.Join, Player = ann, Connection = new ConnectionEpoch(1), Name = "Ann" }
                : new Command { Kind = CommandKind.Input, Player = ann, Connection = new ConnectionEpoch(1), Input = new ShipInput { TargetTick = at, MoveX = 0.5f, MoveY = 1 } };
            var section = new ByteWriter();
            section.WriteUInt16(1);
            section.WriteUInt64(0);
            section.WriteUInt64(0);
            CommandCodec.Write(section, command);
            var entry = new HistoryEntry(1, at, null, section.Written.ToArray());
            Assert.True(tick.TryRun(world, entry));
            entries.Add(at % 60 == 0 ? entry with { StateHash = world.StateHash() } : entry);
        }

        return new RoomRecording
        {
            Room = "arena",
            Template = "default",
            WorldVersion = world.Definition.WorldVersion,
            LayoutVersion = world.Definition.LayoutVersion,
            Epoch = 1,
            World = saved.Written.ToArray(),
            Entries = entries,
        };
    }

    private static async Task<(int Code, string Error)> ErrorAsync(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        return (code, error.Trim());
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await ReplayCommand.Create().Parse(arguments).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
