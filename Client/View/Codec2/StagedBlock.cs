// A decoded block that waits for its datagram's check.
using Aetheris.Protocol.Codec2;

namespace Aetheris.Client.View.Codec2;

/// <summary>A block of a datagram.</summary>
/// <param name="Cell">Its cell.</param>
/// <param name="State">Its members.</param>
/// <param name="FirstEntry">First of its entries.</param>
/// <param name="EntryCount">Number of its entries.</param>
internal readonly record struct StagedBlock(ushort Cell, CellSnapshot State, int FirstEntry, int EntryCount);
