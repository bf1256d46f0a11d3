// A flight recorder as operators see it.
namespace Aetheris.Gateway.Recording;

/// <summary>What a recorder keeps.</summary>
/// <param name="Room">The room.</param>
/// <param name="Gateway">The gateway that keeps it: only it can give it out.</param>
/// <param name="Seconds">Seconds that are kept.</param>
/// <param name="FromTick">Tick of the oldest state; 0 while there is none.</param>
/// <param name="ThroughTick">Tick at which a recording would end now; 0 while there is none.</param>
/// <param name="Bytes">Bytes of states kept.</param>
/// <param name="Breaks">Times that it began anew because the log had a gap.</param>
/// <param name="Ended">Whether the room is closed, so that nothing more is recorded.</param>
public sealed record RecorderStatus(string Room, string Gateway, int Seconds, ulong FromTick, ulong ThroughTick, long Bytes, int Breaks, bool Ended);
