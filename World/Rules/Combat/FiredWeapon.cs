// A weapon between its firing and its aim.
namespace Aetheris.World;

/// <summary>A ship that fires in this tick, and how many ticks ago its pilot saw what it aims at.</summary>
internal readonly record struct FiredWeapon(int Slot, int Delay);
