// Forwards each input of a connection once and in order, however often and in whatever order its copies arrive.
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Link;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Inputs count from 1 without gaps. A packet carries the newest and redundant predecessors; what is newer than everything
/// forwarded so far goes on in sequence order. An input that is missing when a later one is forwarded is lost for good.
/// </summary>
public struct InputReceiver
{
    /// <summary>Newest sequence forwarded; 0 = none.</summary>
    public uint ReceivedSequence { get; private set; }

    /// <summary>Bit n set = sequence (received − 1 − n) was forwarded.</summary>
    public ulong ReceivedHistory { get; private set; }

    /// <summary>Sequences that never came.</summary>
    public long Unreceived { get; private set; }

    /// <summary>Picks the new inputs of a packet.</summary>
    /// <param name="packet">Head of a packet that was read successfully.</param>
    /// <param name="newestFirst">Its inputs.</param>
    /// <param name="forward">Receives the new inputs, oldest first; at least <see cref="LinkLimits.MaxInputsPerPacket"/> long.</param>
    /// <returns>Number of new inputs.</returns>
    public int Receive(in InputPacket packet, ReadOnlySpan<ShipInput> newestFirst, Span<ShipInput> forward)
    {
        var count = 0;
        for (var i = packet.Count - 1; i >= 0; i--)
        {
            var sequence = packet.NewestSequence - (uint)i;
            if (sequence <= ReceivedSequence || !newestFirst[i].IsValid)
                continue;
            Advance(sequence);
            forward[count++] = newestFirst[i];
        }

        return count;
    }

    private void Advance(uint sequence)
    {
        var step = sequence - ReceivedSequence;
        Unreceived += step - 1;
        if (ReceivedSequence == 0)
            ReceivedHistory = 0;
        else if (step > 64)
            ReceivedHistory = 0;
        else
            ReceivedHistory = (step == 64 ? 0 : ReceivedHistory << (int)step) | (1UL << (int)(step - 1));
        ReceivedSequence = sequence;
    }
}
