// Why matching failed, in words a person can read.
using System;

namespace Aetheris.Client.Matching;

/// <summary>The server's refusal or an unreachable server.</summary>
public sealed class MatchException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="text">One line.</param>
    /// <param name="status">HTTP status, 0 when nothing answered.</param>
    public MatchException(string text, int status)
        : base(text) => Status = status;

    /// <summary>HTTP status, 0 when nothing answered.</summary>
    public int Status { get; }

    /// <summary>Whether the same question will be refused again: 4xx but 401 (sign in again), 408 and 429.</summary>
    public bool IsFinal => Status is >= 400 and < 500 and not 401 and not 408 and not 429;
}
