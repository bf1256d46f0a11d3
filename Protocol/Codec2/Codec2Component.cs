// What codec 2 knows about one kind of component.
namespace Aetheris.Protocol.Codec2;

/// <summary>One replicated component.</summary>
/// <param name="Bit">Its place in masks, 0–62.</param>
/// <param name="Kind">Its number.</param>
/// <param name="Role">What carries its value.</param>
/// <param name="Size">Bytes of every value, or −1 when they vary.</param>
/// <param name="CountdownOffset">Place of a u32 in the value that falls by one per tick down to 0, or −1: such a fall is no change, the receiver counts by itself.</param>
public sealed record Codec2Component(int Bit, ushort Kind, Codec2Role Role, int Size, int CountdownOffset = -1);
