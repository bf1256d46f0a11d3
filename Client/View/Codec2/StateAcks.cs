// Which state datagrams have arrived, as a gateway wants to hear it.
namespace Aetheris.Client.View.Codec2;

/// <summary>The newest sequence and the 64 before it. A value type; default = none.</summary>
internal struct StateAcks
{
    /// <summary>Whether anything has arrived.</summary>
    public bool HasAny { get; private set; }

    /// <summary>Newest datagram.</summary>
    public ushort Newest { get; private set; }

    /// <summary>Bit n set = datagram (newest − 1 − n) has arrived.</summary>
    public ulong History { get; private set; }

    /// <summary>Datagrams taken in.</summary>
    public long Received { get; private set; }

    /// <summary>Datagrams that were sent from the first to the newest one taken in.</summary>
    public long Expected { get; private set; }

    /// <summary>A datagram was taken in.</summary>
    public void Note(ushort seq)
    {
        if (!HasAny)
        {
            HasAny = true;
            Received = Expected = 1;
            Newest = seq;
            return;
        }

        var ahead = unchecked((short)(seq - Newest));
        if (ahead > 0)
        {
            History = (ahead < 64 ? History << ahead : 0) | (ahead <= 64 ? 1UL << (ahead - 1) : 0);
            Newest = seq;
            Received++;
            Expected += ahead;
        }
        else if (ahead is < 0 and >= -64 && (History >> (-ahead - 1) & 1) == 0)
        {
            History |= 1UL << (-ahead - 1);
            Received++;
        }
    }
}
