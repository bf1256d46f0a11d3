// What a client makes of blocks.
using Aetheris.Protocol.Codec2;

namespace Aetheris.Protocol.Tests.Codec2;

/// <summary>Component values by slot, from decoded blocks only.</summary>
internal sealed class ReceivedRoom
{
    private readonly Dictionary<int, (byte Generation, ushort Type, ulong Id, SortedDictionary<int, byte[]> Values)> _entities = [];

    internal void Apply(DecodedSlow slow)
    {
        for (var i = 0; i < slow.Count; i++)
        {
            var entry = slow.Entries[i];
            switch (entry.Kind)
            {
                case DecodedSlowKind.Entered:
                    _entities[entry.Slot] = (entry.Generation, entry.Type, entry.Id, []);
                    break;
                case DecodedSlowKind.Moved:
                    // Back within the age of a base it may count as never gone: its values are kept.
                    break;
                case DecodedSlowKind.Despawned:
                    if (_entities.TryGetValue(entry.Slot, out var left) && left.Generation == entry.Generation)
                        _entities.Remove(entry.Slot);
                    break;
                case DecodedSlowKind.Value:
                    _entities[entry.Slot].Values[entry.Bit] = slow.BytesOf(entry).ToArray();
                    break;
                default:
                    _entities[entry.Slot].Values.Remove(entry.Bit);
                    break;
            }
        }
    }

    internal void AssertEqual(RandomRoom room, CellSnapshot cell)
    {
        foreach (var slot in cell.Slots)
        {
            var entity = _entities[slot];
            Assert.Equal(room.GenerationOf(slot), entity.Generation);
            Assert.Equal(room[slot]!.Type, entity.Type);
            Assert.Equal(room[slot]!.Id, entity.Id);
            Assert.Equal(room[slot]!.Values.Keys, entity.Values.Keys);
            foreach (var value in room[slot]!.Values)
                Assert.Equal(value.Value, entity.Values[value.Key]);
        }
    }
}
