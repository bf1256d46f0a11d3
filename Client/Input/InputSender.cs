// Numbers inputs and packs each with its predecessors, so that a lost packet costs nothing.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Link;

namespace Aetheris.Client.Input;

/// <summary>Sequences from 1 without gaps, target ticks strictly rising, the newest inputs in every packet.</summary>
public sealed class InputSender
{
    /// <summary>Inputs remembered.</summary>
    public const int HistoryLength = 256;

    private readonly ShipInput[] _history = new ShipInput[HistoryLength];
    private readonly ShipInput[] _newestFirst = new ShipInput[LinkLimits.MaxInputsPerPacket];
    private readonly ByteWriter _packet = new(512);
    private readonly int _redundancy;
    private uint _floor = 1;

    /// <summary>Creates a sender.</summary>
    /// <param name="redundancy">Inputs per packet, 1–8.</param>
    public InputSender(int redundancy) =>
        _redundancy = Math.Max(1, Math.Min(LinkLimits.MaxInputsPerPacket, redundancy));

    /// <summary>Sequence of the newest input, 0 before the first.</summary>
    public uint Sequence { get; private set; }

    /// <summary>Starts over for a new connection.</summary>
    public void Reset()
    {
        Sequence = 0;
        _floor = 1;
    }

    /// <summary>Adds an input.</summary>
    /// <returns>False, and nothing happens, when its target is not above the last one's or its values are refused by rooms.</returns>
    public bool TryAdd(in ShipInput input)
    {
        if (!input.IsValid || (Sequence != 0 && input.TargetTick <= _history[Sequence % HistoryLength].TargetTick))
            return false;
        Sequence++;
        _history[Sequence % HistoryLength] = input;
        return true;
    }

    /// <summary>The packet with the newest input and its predecessors; empty before the first. Valid until the next call.</summary>
    /// <param name="acks">Acknowledgements of state that go with it; their other fields are ignored.</param>
    public ReadOnlySpan<byte> BuildPacket(InputPacket acks = default)
    {
        if (Sequence < _floor)
            return acks.HasStateAck ? BuildAcks(acks) : default;
        _packet.Clear();
        var count = 0;
        for (var sequence = Sequence; sequence >= _floor && count < _redundancy; sequence--)
        {
            ref readonly var input = ref _history[sequence % HistoryLength];
            if (count > 0 && _newestFirst[count - 1].TargetTick - input.TargetTick > byte.MaxValue)
                break;
            _newestFirst[count++] = input;
        }

        acks.NewestSequence = Sequence;
        InputPacket.Write(_packet, acks, _newestFirst.AsSpan(0, count));
        return _packet.Written;
    }

    /// <summary>A packet of acknowledgements only. Valid until the next call.</summary>
    public ReadOnlySpan<byte> BuildAcks(InputPacket acks)
    {
        _packet.Clear();
        InputPacket.Write(_packet, acks, default);
        return _packet.Written;
    }

    /// <summary>Leaves everything up to the newest input out of all packets to come: the self-test's lost input.</summary>
    internal void ForgetUpToNewest() => _floor = Sequence + 1;
}
