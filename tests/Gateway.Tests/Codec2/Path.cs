// One direction of a bad network.
namespace Aetheris.Gateway.Tests.Codec2;

internal sealed class Path(Random random)
{
    private readonly List<(int At, byte[] Bytes)> _underWay = [];

    public double Loss { get; set; }

    public double Duplicates { get; set; }

    /// <summary>Ticks that every message takes.</summary>
    public int Delay { get; set; }

    /// <summary>Most ticks on top.</summary>
    public int Jitter { get; set; }

    public void Send(int now, ReadOnlySpan<byte> bytes)
    {
        for (var copies = random.NextDouble() < Duplicates ? 2 : 1; copies > 0; copies--)
        {
            if (random.NextDouble() >= Loss)
                _underWay.Add((now + Delay + random.Next(Jitter + 1), bytes.ToArray()));
        }
    }

    public List<byte[]> Arrived(int now)
    {
        var arrived = _underWay.Where(message => message.At <= now).OrderBy(message => message.At).Select(message => message.Bytes).ToList();
        _underWay.RemoveAll(message => message.At <= now);
        return arrived;
    }
}
