// The fixed part of a snapshot.
namespace Aetheris.Grains.Storage;

/// <summary>Head of a snapshot.</summary>
/// <param name="WorldVersion">WorldVersion of the rules.</param>
/// <param name="LayoutVersion">LayoutVersion of the rules.</param>
/// <param name="IsClosed">No tick of the epoch follows.</param>
/// <param name="Epoch">Room epoch.</param>
/// <param name="Seq">Seq of the tick's frame.</param>
/// <param name="Tick">Server tick.</param>
/// <param name="EventsAfter">Tick after which its events are complete.</param>
/// <param name="Template">Name of the template.</param>
internal readonly record struct SnapshotHead(
    ulong WorldVersion, ulong LayoutVersion, bool IsClosed, uint Epoch, ulong Seq, ulong Tick, ulong EventsAfter, string Template);
