// The steps of the scene that are about the fight and what follows. Source: WORLD_RULES §7.5 to §7.7, W-D8, W-D11, W-D13; DESIGN §7.
using Aetheris.Protocol.Events;

namespace Aetheris.Cluster.Tests.Scene;

internal sealed class CombatSteps(Roles roles)
{
    // The rules' numbers stand here again: a change there must be noticed.
    private const int Hits = 12;
    private const int Damage = 25;
    private const ulong RespawnTicks = 180;

    // A lost datagram is repaired within so many ticks.
    private const ulong RepairTicks = 20;

    private static readonly int[] ShieldPoints = [100, 75, 50, 25, 0];
    private static readonly int[] HullPoints = [200, 175, 150, 125, 100, 75, 50, 25];

    public SceneStep ShotsFly => new("the gunner's projectiles fly and are gone", seen =>
    {
        var shots = seen.Stories.Where(story => !story.Shots.IsEmpty && story.Shots.First.Owner == roles.Gunner.Value).ToArray();
        return shots.Length >= Hits && shots.All(shot => shot.IsGone && shot.Places.Seen.Count > 1)
            ? null
            : $"saw {shots.Length} projectiles of ship {roles.Gunner}, {shots.Count(shot => shot.IsGone)} of them gone: {string.Join("; ", shots.Select(shot => shot.Places))}";
    });

    public SceneStep ShieldFallsBeforeHull => new("the victim's shield falls to 0, and only then its hull falls", seen =>
    {
        var ship = seen.Of(roles.Victim);
        if (ship is null || ship.Shields.IsEmpty || ship.Hulls.IsEmpty)
            return $"never saw shield and hull of ship {roles.Victim}";
        var whole = ship.Shields.Seen.Select(shield => (int)shield.Value.Current).SequenceEqual(ShieldPoints)
            && ship.Hulls.Seen.Select(hull => (int)hull.Value.Current).SequenceEqual(HullPoints);
        return whole && ship.Shields.Seen[^1].Tick < ship.Hulls.Seen[1].Tick
            ? null
            : $"saw its shield as {ship.Shields}, its hull as {ship.Hulls}";
    });

    public SceneStep DamageIsTold => new("every hit is told once, with 25 points", seen =>
    {
        var told = seen.EventsOf(RoomEventKind.Damage).FindAll(value => value.Other == roles.Victim);
        return told.Count == Hits && told.TrueForAll(value => value.Entity == roles.Gunner && value.Amount == Damage)
            && told.Zip(told.Skip(1)).All(pair => pair.First.Tick < pair.Second.Tick)
            ? null
            : $"saw {told.Count} damage events: {Chronicle.Describe(told)}";
    });

    public SceneStep VictimDies => new("the victim's death is told once, in the tick of the last hit, and its ship is gone", seen =>
    {
        var deaths = seen.EventsOf(RoomEventKind.Death);
        var hits = seen.EventsOf(RoomEventKind.Damage).FindAll(value => value.Other == roles.Victim);
        var gone = seen.Of(roles.Victim)?.IsGone ?? false;
        return gone && hits.Count > 0 && deaths is [var death] && death.Entity == roles.Victim && death.Other == roles.Gunner && death.Tick == hits[^1].Tick
            ? null
            : $"saw deaths: {Chronicle.Describe(deaths)}; hits: {Chronicle.Describe(hits)}; the ship gone: {gone}";
    });

    public SceneStep CargoDrops => new("the victim's ore floats where it died", seen =>
    {
        if (seen.Of(roles.Victim) is not { } ship || FindDrop(seen) is not { } drop)
            return $"saw no drop; ship {roles.Victim} had {seen.Of(roles.Victim)?.Holds}";
        float dx = drop.Places.First.X - ship.Places.Last.X, dy = drop.Places.First.Y - ship.Places.Last.Y;
        return ship.Holds.Last.OreCount > 0 && drop.Drops.First.Quantity == ship.Holds.Last.OreCount && MathF.Abs(dx) + MathF.Abs(dy) < 1
            ? null
            : $"saw drop {drop.Id} with {drop.Drops} at {dx:0.0} m, {dy:0.0} m from the ship, which had {ship.Holds}";
    });

    public SceneStep DropIsCollected => new("the gunner collects it, which is told once, and the drop is gone", seen =>
    {
        var told = seen.EventsOf(RoomEventKind.CargoCollected);
        var ship = seen.Of(roles.Gunner);
        if (ship is null || ship.Holds.IsEmpty || FindDrop(seen) is not { } drop)
            return $"saw no drop or no hold of ship {roles.Gunner}; events: {Chronicle.Describe(told)}";
        var ore = drop.Drops.First.Quantity;
        return drop.IsGone && told is [var collected] && collected.Entity == drop.Id && collected.Other == roles.Gunner && collected.Amount == ore
            && ship.Holds.First.OreCount == 0 && ship.Holds.Last.OreCount == ore && ship.Holds.Seen.Count == 2
            ? null
            : $"saw {Chronicle.Describe(told)}; drop {drop.Id} with {drop.Drops}, gone: {drop.IsGone}; the hold as {ship.Holds}";
    });

    public SceneStep VictimIsBack => new("180 ticks after its death the victim's pilot has a new ship at (0, 0), which is told once", seen =>
    {
        var told = seen.EventsOf(RoomEventKind.Respawn);
        var deaths = seen.EventsOf(RoomEventKind.Death);
        var ship = seen.Of(roles.Reborn);
        if (ship is null || ship.Places.IsEmpty || ship.Shields.IsEmpty || ship.Hulls.IsEmpty || ship.Holds.IsEmpty || deaths.Count == 0)
            return $"saw no new ship {roles.Reborn}; events: {Chronicle.Describe(told)}";
        var asNew = ship.Shields.First.Current == ShieldPoints[0] && ship.Hulls.First.Current == HullPoints[0] && ship.Holds.First.OreCount == 0;
        var atStart = told is [{ X: 0, Y: 0 } respawn] && respawn.Entity == roles.Reborn && respawn.Tick == deaths[0].Tick + RespawnTicks
            && ship.FirstTick - respawn.Tick <= RepairTicks && ship.Places.First is { X: 0, Y: 0 };
        return asNew && atStart && roles.Reborn > roles.Victim
            ? null
            : $"saw {Chronicle.Describe(told)} after {Chronicle.Describe(deaths)}; ship {ship.Id} at {ship.Places}, shield {ship.Shields}, hull {ship.Hulls}, hold {ship.Holds}";
    });

    public SceneStep VictimFliesAgain => new("the new ship obeys its pilot", seen =>
    {
        var ship = seen.Of(roles.Reborn);
        return ship is not null && !ship.Places.IsEmpty && MathF.Abs(ship.Places.Last.Y) > 5 ? null : $"saw it at {ship?.Places}";
    });

    private EntityStory? FindDrop(Chronicle seen)
    {
        var deaths = seen.EventsOf(RoomEventKind.Death);
        return deaths.Count == 0 ? null : seen.Stories.FirstOrDefault(story => !story.Drops.IsEmpty && story.FirstTick >= deaths[0].Tick);
    }
}
