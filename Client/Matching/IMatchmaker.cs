// Finds a room for a client: over HTTP, or however an engine or a test does it.
using System.Threading;
using System.Threading.Tasks;

namespace Aetheris.Client.Matching;

/// <summary>Answers where to go. Called again before every connection: connect tokens are used once.</summary>
public interface IMatchmaker
{
    /// <summary>Asks for a room.</summary>
    /// <param name="attempt">0 for the first question, then counting: another gateway may be asked.</param>
    /// <param name="room">Room name, or null.</param>
    /// <param name="template">Template name, or null.</param>
    /// <param name="spectate">Watch without a ship.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MatchException">Refused or unreachable.</exception>
    Task<MatchAnswer> MatchAsync(int attempt, string? room, string? template, bool spectate, CancellationToken cancellation);
}
