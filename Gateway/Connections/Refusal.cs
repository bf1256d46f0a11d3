// Why a connection is not let in.
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>One refusal.</summary>
/// <param name="Reason">What the client is told as a code.</param>
/// <param name="Label">What the metrics call it; null when nobody's credentials are to blame.</param>
/// <param name="Text">What the client is told in words; null = the reason's own.</param>
internal readonly record struct Refusal(CloseReason Reason, string? Label, string? Text = null);
