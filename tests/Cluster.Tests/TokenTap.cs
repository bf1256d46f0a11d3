// Notes the connect tokens that a client is given.
using Aetheris.Client.Matching;

namespace Aetheris.Cluster.Tests;

/// <param name="inner">Who gives them.</param>
/// <param name="tokens">Receives them.</param>
internal sealed class TokenTap(IMatchmaker inner, ICollection<string> tokens) : IMatchmaker
{
    public async Task<MatchAnswer> MatchAsync(int attempt, string? room, string? template, bool spectate, CancellationToken cancellation)
    {
        var answer = await inner.MatchAsync(attempt, room, template, spectate, cancellation);
        tokens.Add(answer.ConnectToken);
        return answer;
    }
}
