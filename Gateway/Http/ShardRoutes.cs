// What anybody may know about the shard.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aetheris.Gateway.Http;

/// <summary><c>/api/leaderboard</c>, <c>/api/killfeed</c>: public, bounded, at most a second old.</summary>
public static class ShardRoutes
{
    private const int DefaultRows = 20;

    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/leaderboard", LeadersAsync).WithSummary("Who has destroyed the most ships").ProducesProblem(400);
        routes.MapGet("/api/killfeed", KillsAsync).WithSummary("The last kills of all rooms, newest first").ProducesProblem(400);
    }

    private static async Task<Results<Ok<List<LeaderAnswer>>, ProblemHttpResult>> LeadersAsync(ShardNews news, int count = DefaultRows)
    {
        if (count is < 1 or > ShardNews.MaxRows)
            return Refuse();
        var leaders = await news.LeadersAsync();
        return TypedResults.Ok(leaders.Take(count).Select((score, i) => new LeaderAnswer(i + 1, score.Pilot.Name, score.Kills, score.Deaths)).ToList());
    }

    private static async Task<Results<Ok<List<KillAnswer>>, ProblemHttpResult>> KillsAsync(ShardNews news, int count = DefaultRows)
    {
        if (count is < 1 or > ShardNews.MaxRows)
            return Refuse();
        var kills = await news.KillsAsync();
        return TypedResults.Ok(kills.Take(count)
            .Select(line => new KillAnswer(line.At, line.Room, line.Kill.Tick, line.Kill.Killer?.Name, line.Kill.Victim.Name)).ToList());
    }

    private static ProblemHttpResult Refuse() =>
        TypedResults.Problem("count must be a number from 1 to 100.", statusCode: StatusCodes.Status400BadRequest);
}
