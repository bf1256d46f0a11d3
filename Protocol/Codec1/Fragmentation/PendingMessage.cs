// A message of which some fragments have arrived.
using System;
using System.Collections.Generic;
using Aetheris.Protocol.Binary;

namespace Aetheris.Protocol.Codec1.Fragmentation;

/// <summary>Grows with what arrives, never with what was announced.</summary>
internal sealed class PendingMessage
{
    /// <summary>What one kept fragment costs besides its bytes.</summary>
    public const int FragmentCost = 64;

    private readonly Dictionary<ushort, byte[]> _fragments = new();

    public PendingMessage(uint id, ushort total, ulong startTick)
    {
        Id = id;
        Total = total;
        StartTick = startTick;
    }

    public uint Id { get; }

    public ushort Total { get; }

    public ulong StartTick { get; }

    /// <summary>Bytes held, with the cost per fragment.</summary>
    public int Size { get; private set; }

    public bool IsComplete => _fragments.Count == Total;

    public bool Has(ushort index) => _fragments.ContainsKey(index);

    public void Add(ushort index, ReadOnlySpan<byte> payload)
    {
        _fragments.Add(index, payload.ToArray());
        Size += payload.Length + FragmentCost;
    }

    public void WriteTo(ByteWriter into)
    {
        for (var index = 0; index < Total; index++)
            into.WriteBytes(_fragments[(ushort)index]);
    }
}
