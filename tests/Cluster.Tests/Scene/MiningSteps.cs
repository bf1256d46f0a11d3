// The steps of the scene that are about ore. Source: WORLD_RULES W-36 to W-42, W-D11.
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Events;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class MiningSteps(Roles roles)
{
    // A lost datagram is repaired within so many ticks.
    private const ulong RepairTicks = 20;

    // The rules' numbers stand here again: a change there must be noticed.
    private const int Hold = 500;
    private const int FullAsteroid = 100;
    private const ulong RespawnTicks = 300;
    private const float RespawnOffset = 15;

    public SceneStep BeamIsOn => new("the miner's beam is on the asteroid", seen =>
    {
        var ship = seen.Of(roles.Miner);
        return ship is not null && ship.Beams.Seen.Any(beam => beam.Value.Active && beam.Value.Target == roles.Asteroid.Value)
            ? null
            : $"saw the beam of ship {roles.Miner} as {ship?.Beams.ToString() ?? "nothing"}";
    });

    public SceneStep AsteroidIsDepleted => new("the asteroid's ore falls until it is depleted, which is told once, and it is gone", seen =>
    {
        var asteroid = seen.Of(roles.Asteroid);
        if (asteroid is null || asteroid.Ores.IsEmpty)
            return $"never saw asteroid {roles.Asteroid}";
        var ores = asteroid.Ores.Seen.Select(ore => (int)ore.Value.OreRemaining).ToArray();
        var told = seen.EventsOf(RoomEventKind.AsteroidDepleted).FindAll(value => value.Entity == roles.Asteroid);

        // Two beams of at most 2 ore: 0 itself is never seen, the asteroid goes in that tick.
        var falls = ores[0] == FullAsteroid && ores.Zip(ores.Skip(1)).All(pair => pair.First > pair.Second && pair.First - pair.Second <= 4)
            && ores[^1] is > 0 and <= 4;
        return falls && told.Count == 1 && asteroid.IsGone
            ? null
            : $"saw its ore as {asteroid.Ores}, gone: {asteroid.IsGone}, events: {Chronicle.Describe(told)}";
    });

    public SceneStep AsteroidComesBack => new("300 ticks later a new asteroid comes within 15 m of the old one", seen =>
    {
        var told = seen.EventsOf(RoomEventKind.AsteroidDepleted).FindAll(value => value.Entity == roles.Asteroid);
        if (told.Count == 0 || seen.Of(roles.Asteroid) is not { } old)
            return "never saw the old one go";
        var next = seen.Stories.Where(story => !story.Ores.IsEmpty && story.FirstTick > told[0].Tick).MinBy(story => story.FirstTick);
        if (next is null)
            return $"saw none since tick {told[0].Tick}";
        var late = next.FirstTick - told[0].Tick - RespawnTicks;
        float dx = next.Places.First.X - old.Places.Last.X, dy = next.Places.First.Y - old.Places.Last.Y;
        return late <= RepairTicks && MathF.Abs(dx) <= RespawnOffset && MathF.Abs(dy) <= RespawnOffset
            && next.Id > old.Id && next.Ores.First.OreRemaining == FullAsteroid
            ? null
            : $"saw asteroid {next.Id} {next.FirstTick - told[0].Tick} ticks after the old one's end, {dx:0.0} m, {dy:0.0} m away, with ore {next.Ores}";
    });

    public SceneStep HoldIsFull => new("the miner's hold fills to 500 and never above, its beam goes off, no ore is lost", seen =>
    {
        var ship = seen.Of(roles.Miner);
        if (ship is null || ship.Holds.IsEmpty)
            return $"never saw the hold of ship {roles.Miner}";
        var ores = ship.Holds.Seen.Select(hold => (int)hold.Value.OreCount).ToArray();
        var fills = ores[^1] == Hold && ores.Zip(ores.Skip(1)).All(pair => pair.First < pair.Second);
        var last = seen.Stories.FirstOrDefault(story => story.Id.Value == ship.Beams.Last.Target);
        var mined = seen.Stories.Sum(story => MinedFrom(seen, story));
        var taken = ores[^1] + (seen.Of(roles.Victim)?.Holds.Last.OreCount ?? 0);
        return fills && !ship.Beams.Last.Active && last is { IsGone: false } && last.Ores.Last.OreRemaining > 0 && mined == taken
            ? null
            : $"saw the hold as {ship.Holds}, its beam as {ship.Beams}, the last asteroid as {last?.Ores}; {mined} ore mined, {taken} taken";
    });

    private static int MinedFrom(Chronicle seen, EntityStory story)
    {
        if (story.Ores.IsEmpty)
            return 0;
        Asteroid first = story.Ores.First, last = story.Ores.Last;
        var depleted = seen.EventsOf(RoomEventKind.AsteroidDepleted).Exists(value => value.Entity == story.Id);
        return first.OreRemaining - (depleted ? 0 : last.OreRemaining);
    }
}
