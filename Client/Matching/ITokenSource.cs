// Renews the token that a connection rests on.
using System.Threading;
using System.Threading.Tasks;

namespace Aetheris.Client.Matching;

/// <summary>A matchmaker that can fetch the next access token while a client flies; without one a connection ends with its token.</summary>
public interface ITokenSource
{
    /// <summary>Whether the access token has lived for most of its life. Called in every poll: allocates nothing.</summary>
    bool IsRenewalDue { get; }

    /// <summary>Fetches the next access token.</summary>
    /// <returns>It; a secret.</returns>
    /// <exception cref="MatchException">Refused or unreachable.</exception>
    Task<string> RenewAsync(CancellationToken cancellation);
}
