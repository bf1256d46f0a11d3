// Why a client is not where it wants to be, in words a person can read.
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Connection;

/// <summary>The last thing that went wrong.</summary>
/// <param name="Code">The server's reason, or None when it was the network's or HTTP's.</param>
/// <param name="Text">One line.</param>
/// <param name="IsFinal">Whether trying again is pointless.</param>
public sealed record ClientFailure(CloseReason Code, string Text, bool IsFinal);
