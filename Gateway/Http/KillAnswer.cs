// A line of the kill feed.
namespace Aetheris.Gateway.Http;

/// <summary>One kill; without a killer when nobody's ship did it.</summary>
public sealed record KillAnswer(DateTimeOffset At, string Room, ulong Tick, string? Killer, string Victim);
