// How far a mailbox has come with a gateway.
using Aetheris.Protocol.Identity;

namespace Aetheris.Grains.Pipeline;

/// <summary>The last command taken from a gateway.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Sequence">Its sequence.</param>
public readonly record struct GatewaySequence(GatewayId Gateway, ulong Sequence);
