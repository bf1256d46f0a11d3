// What one client holds of one cell.
namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>A cell in a client's interest. A mutable struct: kept in an array and used by reference.</summary>
internal struct ClientCell
{
    /// <summary>Which cell.</summary>
    public ushort Id;

    /// <summary>Index of its channel for this client.</summary>
    public byte Channel;

    /// <summary>Which cell of that id.</summary>
    public uint Incarnation;

    /// <summary>Whether the client may still hold what was sent under this id before.</summary>
    public bool MayHoldOld;

    /// <summary>Priority gained per waiting tick.</summary>
    public float Weight;

    /// <summary>Bytes of the last block sent: what the next one will take, about.</summary>
    public int LastBytes;

    /// <summary>Tick since which it is in the interest; acknowledgements of older ticks say nothing.</summary>
    public ulong Since;

    /// <summary>Tick of the last block sent, 0 = none.</summary>
    public ulong SentAt;

    /// <summary>Newest tick acknowledged, 0 = none.</summary>
    public ulong HeldAt;

    /// <summary>Bit n set = (<see cref="HeldAt"/> − n) is acknowledged.</summary>
    public ulong Held;

    /// <summary>Notes that the client holds the cell's state of a tick.</summary>
    public void Acknowledge(ulong tick)
    {
        if (tick < Since)
        {
            MayHoldOld = true;
            return;
        }

        if (tick > HeldAt)
        {
            var step = tick - HeldAt;
            Held = (step < 64 ? Held << (int)step : 0) | 1;
            HeldAt = tick;
        }
        else if (HeldAt - tick < 64)
        {
            Held |= 1UL << (int)(HeldAt - tick);
        }
    }
}
