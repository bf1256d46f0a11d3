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

    /// <summary>A datagram was taken in.</summary>
    public void Note(ushort seq)
    {
        if (!HasAny)
        {
            HasAny = true;
            Newest = seq;
            return;
        }

        var ahead = unchecked((short)(seq - Newest));
        if (ahead > 0)
        {
            History = (ahead < 64 ? History << ahead : 0) | (ahead <= 64 ? 1UL << (ahead - 1) : 0);
            Newest = seq;
        }
        else if (ahead is < 0 and >= -64)
        {
            History |= 1UL << (-ahead - 1);
        }
    }
}
