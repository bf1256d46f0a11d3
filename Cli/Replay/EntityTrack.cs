// The path of one entity through a recording.
namespace Aetheris.Cli.Replay;

/// <summary>Quantised samples, one after another from <see cref="From"/> on; each list holds the first value and then differences.</summary>
/// <param name="id">Network id.</param>
/// <param name="type">Entity type.</param>
/// <param name="from">Index of the first sample.</param>
internal sealed class EntityTrack(ulong id, ushort type, int from)
{
    private int _lastX;
    private int _lastY;
    private int _lastRotation;

    public ulong Id => id;

    public ushort Type => type;

    public int From => from;

    /// <summary>Shown over a ship; null for anything else.</summary>
    public string? Name { get; set; }

    public List<int> X { get; } = [];

    public List<int> Y { get; } = [];

    public List<int> Rotation { get; } = [];

    public void Add(int x, int y, int rotation)
    {
        X.Add(x - _lastX);
        Y.Add(y - _lastY);
        Rotation.Add(rotation - _lastRotation);
        (_lastX, _lastY, _lastRotation) = (x, y, rotation);
    }
}
