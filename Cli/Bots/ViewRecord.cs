// One component value of one entity as a bot knows it.
namespace Aetheris.Cli.Bots;

/// <summary>A copied record.</summary>
/// <param name="Bot">Whose.</param>
/// <param name="Entity">Network id.</param>
/// <param name="Kind">Component kind.</param>
/// <param name="Tick">Server tick of the value.</param>
/// <param name="FrameForm">The value in the little-endian form of frames.</param>
/// <param name="IsQuantized">Whether the codec may have rounded its motion.</param>
internal readonly record struct ViewRecord(int Bot, ulong Entity, ushort Kind, ulong Tick, byte[] FrameForm, bool IsQuantized);
