// Fragmented codec-1 messages of one connection.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Codec1.Fragmentation;

namespace Aetheris.Gateway.Connections;

/// <summary>
/// Puts messages together within the bounds of <see cref="Reassembler"/>, in room ticks (T-42). It belongs to one connection and keeps
/// the channels apart, so that ids of another connection or channel never meet; on the reliable channel, where order holds, a newer
/// message ends an incomplete one (T-D13).
/// </summary>
internal sealed class Codec1Fragments
{
    private const ulong UnreliableKey = 0;
    private const ulong ReliableKey = 1;

    private readonly ByteWriter _message = new(256);
    private readonly GatewayMetrics _metrics;
    private Reassembler? _reassembler;
    private uint _reliableId;

    /// <summary>Fragments of one connection.</summary>
    public Codec1Fragments(GatewayMetrics metrics) => _metrics = metrics;

    /// <summary>Channels with an incomplete message.</summary>
    public int Open => _reassembler?.ClientCount ?? 0;

    /// <summary>Takes a fragment.</summary>
    /// <param name="fragment">It.</param>
    /// <param name="reliable">Its channel.</param>
    /// <param name="tick">Newest room tick.</param>
    /// <param name="tickRate">Ticks per second.</param>
    /// <param name="message">The whole message, valid until the next fragment.</param>
    /// <returns>Whether the message is complete.</returns>
    public bool TryComplete(in FragmentedEvent fragment, bool reliable, ulong tick, int tickRate, out ReadOnlySpan<byte> message)
    {
        _reassembler ??= new Reassembler((ulong)(Codec1Limits.ReassemblySeconds * tickRate));
        if (reliable && fragment.MessageId != _reliableId)
        {
            _reassembler.Purge(ReliableKey);
            _reliableId = fragment.MessageId;
        }

        _message.Clear();
        var result = _reassembler.Add(reliable ? ReliableKey : UnreliableKey, in fragment, tick, _message);
        if (result == ReassemblyResult.Ignored)
            _metrics.Drop("codec1_fragment");
        message = _message.Written;
        return result == ReassemblyResult.Completed;
    }

    /// <summary>Drops what is too old. Once per tick.</summary>
    public void Prune(ulong tick) => _reassembler?.Prune(tick);

    /// <summary>Forgets everything.</summary>
    public void Forget() => _reassembler = null;
}
