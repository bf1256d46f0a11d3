// One call to a grain at a time, polled by the edge thread instead of awaited.
namespace Aetheris.Gateway.Edge;

/// <summary>A call with a deadline. A late or failed answer is no answer.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class PendingCall<T>
    where T : class?
{
    private Task<T>? _call;
    private long _deadline;

    /// <summary>Whether an answer is awaited.</summary>
    public bool IsPending => _call is not null;

    /// <summary>Takes a call that was made; none is pending.</summary>
    public void Begin(Task<T> call, long deadline)
    {
        _call = call;
        _deadline = deadline;
    }

    /// <summary>Whether the pending call is over, once; the answer is null when it failed or took too long.</summary>
    public bool TryEnd(long now, out T? answer)
    {
        answer = null;
        if (_call is not { } call || (!call.IsCompleted && now < _deadline))
            return false;
        _call = null;
        if (call.IsCompletedSuccessfully)
            answer = call.Result;
        else
            call.Forget();
        return true;
    }
}
