// A room in which nothing but motion changes.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec2;

namespace Aetheris.Protocol.Tests.Codec2;

/// <summary>Every entity has its place, its velocity and one component.</summary>
internal sealed class QuietState(bool changes = false) : ISlowState
{
    public ulong ChangedSince(int slot, ulong tick) => changes && slot % 9 == 1 ? 4UL : 0;

    public ulong MaskOf(int slot) => 7;

    public void Write(int slot, int bit, ByteWriter writer) => writer.WriteInt32(slot);

    public ulong IdOf(int slot) => (ulong)slot + 1;

    public bool IsAlive(int slot, byte generation) => true;
}
