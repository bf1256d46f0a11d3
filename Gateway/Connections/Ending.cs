// Why a connection in its room has to end.
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <param name="Reason">What the client is told as a code.</param>
/// <param name="Text">What the client is told in words; null = the reason's own.</param>
internal readonly record struct Ending(CloseReason Reason, string? Text = null);
