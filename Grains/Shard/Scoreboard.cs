// Counts kills once, without Orleans.
using Aetheris.Grains.Demo;
using Aetheris.Grains.Interfaces.Shard;

namespace Aetheris.Grains.Shard;

/// <summary>The rules of the leaderboard and the kill feed over a record. Bounded; not thread-safe.</summary>
public sealed class Scoreboard(ScoreboardRecord record)
{
    /// <summary>Most players with a score; the lowest go first.</summary>
    public const int MaxScores = 2048;

    /// <summary>Kills in the feed, and most rows of any answer.</summary>
    public const int MaxRows = 100;

    /// <summary>Most rooms whose repeats are known; the longest quiet go first.</summary>
    public const int MaxRooms = 4096;

    /// <summary>Takes a room's report; what was counted before, and reports of an epoch that is over, change nothing.</summary>
    /// <returns>Kills that were new.</returns>
    public int Take(KillReport report, DateTimeOffset now)
    {
        var known = record.Counted.TryGetValue(report.Room, out var last);
        if (known && report.Epoch < last.Epoch)
            return 0;
        if (!known || (report.IsNewWorld && report.Epoch > last.Epoch))
            last = new CountedKill(report.Epoch, 0, -1, now);
        var taken = 0;
        foreach (var kill in report.Kills)
        {
            if (kill.Tick < last.Tick || (kill.Tick == last.Tick && kill.Index <= last.Index))
                continue;
            last = new CountedKill(report.Epoch, kill.Tick, kill.Index, now);
            Count(report.Room, kill, now);
            taken++;
        }

        record.Counted[report.Room] = last with { Epoch = report.Epoch };
        if (record.Counted.Count > MaxRooms)
            record.Counted.Remove(record.Counted.MinBy(room => room.Value.At).Key);
        return taken;
    }

    /// <summary>The best: most kills, then fewest deaths, then by name.</summary>
    public List<Score> Leaders(int count) => record.Scores.Values
        .OrderByDescending(score => score.Kills)
        .ThenBy(score => score.Deaths)
        .ThenBy(score => score.Pilot.Name, StringComparer.Ordinal)
        .Take(Math.Clamp(count, 0, MaxRows))
        .ToList();

    /// <summary>The last kills, newest first.</summary>
    public List<KillNews> Kills(int count) => record.Kills.AsEnumerable().Reverse().Take(Math.Clamp(count, 0, MaxRows)).ToList();

    private void Count(string room, in Kill kill, DateTimeOffset now)
    {
        record.Kills.Add(new KillNews(now, room, kill));
        if (record.Kills.Count > MaxRows)
            record.Kills.RemoveAt(0);
        if (kill.Killer is { } killer)
            Add(killer, kills: 1, deaths: 0);
        Add(kill.Victim, kills: 0, deaths: 1);
    }

    // The demo's pilots fight, but do not compete.
    private void Add(Pilot pilot, int kills, int deaths)
    {
        if (DemoPilots.IsPilot(pilot.Player))
            return;
        var before = record.Scores.GetValueOrDefault(pilot.Player) ?? new Score(pilot, 0, 0);
        record.Scores[pilot.Player] = new Score(pilot, before.Kills + kills, before.Deaths + deaths);
        if (record.Scores.Count > MaxScores)
            record.Scores.Remove(record.Scores.Where(score => score.Key != pilot.Player).MinBy(score => (score.Value.Kills, -score.Value.Deaths)).Key);
    }
}
