// One frame or image that a gateway took into its replica, as its trace says.
namespace Aetheris.Cluster.Tests;

/// <param name="Room">Room name.</param>
/// <param name="Epoch">Room epoch.</param>
/// <param name="Tick">Server tick.</param>
/// <param name="Hash">StateHash after the tick, 16 hexadecimal digits; null when the frame carried none.</param>
internal readonly record struct DeliveredFrame(string Room, uint Epoch, ulong Tick, string? Hash);
