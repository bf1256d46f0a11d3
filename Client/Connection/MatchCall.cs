// One question to the matchmaker at a time, polled for its answer.
using System;
using System.Threading;
using System.Threading.Tasks;
using Aetheris.Client.Matching;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>Turns whatever the matchmaker does into an answer or a failure.</summary>
internal sealed class MatchCall : IDisposable
{
    private readonly ClientOptions _options;
    private readonly IMatchmaker _matchmaker;
    private CancellationTokenSource? _stop;
    private Task<MatchAnswer>? _match;

    public MatchCall(ClientOptions options, IMatchmaker matchmaker)
    {
        _options = options;
        _matchmaker = matchmaker;
    }

    /// <summary>Whether an answer is awaited.</summary>
    public bool IsPending => _match is not null;

    /// <summary>Asks; a failure when the matchmaker refuses at once, else null.</summary>
    /// <param name="attempt">0 for the first question, then counting.</param>
    public ClientFailure? Begin(int attempt)
    {
        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        try
        {
            _match = _matchmaker.MatchAsync(attempt, _options.Room, _options.Template, _options.Spectate, _stop.Token);
            return null;
        }
        catch (MatchException e)
        {
            _match = null;
            return new ClientFailure(CloseReason.None, e.Message, e.IsFinal);
        }
    }

    /// <summary>Whether the call is over; then exactly one of answer and failure is set, once.</summary>
    public bool TryTake(out MatchAnswer? answer, out ClientFailure? failure)
    {
        answer = null;
        failure = null;
        if (_match is not { IsCompleted: true } match)
            return false;
        _match = null;
        if (match.Status == TaskStatus.RanToCompletion)
        {
            answer = match.Result;
            return true;
        }

        var error = match.Exception?.GetBaseException();
        failure = new ClientFailure(CloseReason.None, error?.Message ?? "no answer from the server", error is MatchException { IsFinal: true });
        return true;
    }

    /// <summary>Gives the question up.</summary>
    public void Cancel()
    {
        _stop?.Cancel();
        _stop?.Dispose();
        _stop = null;
        _match = null;
    }

    /// <inheritdoc />
    public void Dispose() => Cancel();
}
