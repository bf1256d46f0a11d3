// Cuts a message that is too long for a datagram. Source: WIRE_FORMAT §5.
using System;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;

namespace Aetheris.Protocol.Codec1.Fragmentation;

/// <summary>Fragments messages to one receiver and numbers them. Not thread-safe.</summary>
public sealed class Fragmenter
{
    private uint _nextMessageId = 1;

    /// <summary>Whether a message has to be cut at all: whether it does not fit a datagram beside the link's kind byte.</summary>
    public static bool IsNeeded(int messageLength) => messageLength > Codec1Limits.MaxEvent;

    /// <summary>Number of fragments of a message.</summary>
    /// <returns>False for an empty message and for one that no receiver accepts (more than 1,024 fragments).</returns>
    public static bool TryCount(int messageLength, out ushort total)
    {
        total = 0;
        if (messageLength <= 0 || messageLength > Codec1Limits.MaxTotalFragments * Codec1Limits.MaxFragmentPayload)
            return false;
        total = (ushort)((messageLength + Codec1Limits.MaxFragmentPayload - 1) / Codec1Limits.MaxFragmentPayload);
        return true;
    }

    /// <summary>The id for the next message: from 1, wrapping.</summary>
    public uint NextMessageId() => unchecked(_nextMessageId++);

    /// <summary>Appends one fragment, a complete Fragment event of at most 1,161 bytes.</summary>
    /// <param name="into">Where to.</param>
    /// <param name="messageId">The same for all fragments of the message.</param>
    /// <param name="index">0 … total − 1.</param>
    /// <param name="total">From <see cref="TryCount"/>.</param>
    /// <param name="message">The whole encoded event.</param>
    public static void Write(ByteWriter into, uint messageId, ushort index, ushort total, ReadOnlySpan<byte> message)
    {
        var start = index * Codec1Limits.MaxFragmentPayload;
        var fragment = new WireEvent
        {
            Kind = WireEventKind.Fragment,
            Fragment = new FragmentedEvent
            {
                MessageId = messageId,
                FragmentIndex = index,
                TotalFragments = total,
                Payload = message.Slice(start, Math.Min(Codec1Limits.MaxFragmentPayload, message.Length - start)),
            },
        };
        fragment.Write(into);
    }
}
