// What became of a token that a live connection presented.
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>The end of a renewal.</summary>
/// <param name="Reason">None when the lease was replaced.</param>
/// <param name="Label">What the metrics call a failure of the token; null when it is not the token's.</param>
/// <param name="Text">What the client is told in words.</param>
/// <param name="Lease">The new lease, when there is one.</param>
/// <param name="Claim">What the new lease rests on.</param>
internal sealed record LeaseRenewal(CloseReason Reason, string? Label, string Text, SessionLease? Lease, SessionClaim? Claim = null);
