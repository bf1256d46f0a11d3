// A row of the leaderboard.
namespace Aetheris.Gateway.Http;

/// <summary>One row, best first; players are told by the name they fly under.</summary>
public sealed record LeaderAnswer(int Rank, string Name, int Kills, int Deaths);
