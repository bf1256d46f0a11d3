// A shot between the firing of a weapon and the projectile's spawn in the same tick.
namespace Aetheris.World;

/// <summary>A projectile that is to appear (W-48): metres, m/s, and the network id of the shooter.</summary>
internal readonly record struct ShotRequest(float X, float Y, float VelocityX, float VelocityY, ulong Owner);
