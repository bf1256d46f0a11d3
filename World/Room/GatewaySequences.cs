// How far the commands of each gateway have been taken in.
using System.Collections.Generic;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Identity;

namespace Aetheris.World;

/// <summary>Last sequence per gateway, ascending by gateway id.</summary>
public sealed class GatewaySequences : IRoomResource
{
    /// <summary>Most gateways one room listens to at once.</summary>
    public const int MaxGateways = 1024;

    private readonly List<ulong> _gateways = new();
    private readonly List<ulong> _sequences = new();

    /// <summary>The sequence of the last command taken from a gateway, 0 before the first.</summary>
    public ulong LastOf(GatewayId gateway)
    {
        var index = _gateways.BinarySearch(gateway.Value);
        return index >= 0 ? _sequences[index] : 0;
    }

    /// <inheritdoc />
    public void Write(ByteWriter writer)
    {
        writer.WriteUInt16((ushort)_gateways.Count);
        for (var i = 0; i < _gateways.Count; i++)
        {
            writer.WriteUInt64(_gateways[i]);
            writer.WriteUInt64(_sequences[i]);
        }
    }

    /// <inheritdoc />
    public bool TryRead(ref ByteReader reader)
    {
        if (!reader.TryReadUInt16(out var count) || count > MaxGateways)
            return false;
        for (var i = 0; i < count; i++)
        {
            if (!(reader.TryReadUInt64(out var gateway) && reader.TryReadUInt64(out var sequence)
                && (i == 0 || _gateways[i - 1] < gateway)))
            {
                return false;
            }

            _gateways.Add(gateway);
            _sequences.Add(sequence);
        }

        return true;
    }

    /// <inheritdoc />
    public void OnCleared()
    {
        // Sequences belong to the links, not to the entities.
    }

    internal bool TryAdvance(GatewayId gateway, ulong sequence)
    {
        var index = _gateways.BinarySearch(gateway.Value);
        if (index >= 0)
        {
            if (sequence <= _sequences[index])
                return false;
            _sequences[index] = sequence;
            return true;
        }

        if (sequence == 0 || _gateways.Count == MaxGateways)
            return false;
        _gateways.Insert(~index, gateway.Value);
        _sequences.Insert(~index, sequence);
        return true;
    }

    internal void Forget(GatewayId gateway)
    {
        var index = _gateways.BinarySearch(gateway.Value);
        if (index < 0)
            return;
        _gateways.RemoveAt(index);
        _sequences.RemoveAt(index);
    }
}
