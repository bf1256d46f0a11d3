// What a room is, beyond its life on a silo.
using Aetheris.Grains.Rooms;

namespace Aetheris.Grains.Storage;

/// <summary>The room's record: written by compare-and-set, so that no two activations begin the same epoch (DESIGN §3, epoch).</summary>
[GenerateSerializer, Alias("aetheris.room.record")]
public sealed class RoomRecord
{
    /// <summary>Epoch of the last start from storage; the next one is larger, so that gateways never mistake old frames for new ones.</summary>
    [Id(0)] public uint Epoch { get; set; }

    /// <summary>Template of the first opening.</summary>
    [Id(1)] public string Template { get; set; } = string.Empty;

    /// <summary>WorldVersion of the room's rules.</summary>
    [Id(2)] public ulong WorldVersion { get; set; }

    /// <summary>Version of its frames and commands.</summary>
    [Id(3)] public ushort FrameVersion { get; set; }

    /// <summary>Epochs of the room's last starts from storage, oldest first; the last one is <see cref="Epoch"/>.</summary>
    [Id(4)] public uint[] StartEpochs { get; set; } = [];

    /// <summary>The ticks that they began with.</summary>
    [Id(5)] public ulong[] StartTicks { get; set; } = [];

    /// <summary>The starts as a list; empty when they are malformed.</summary>
    public IReadOnlyList<EpochStart> ReadStarts()
    {
        var starts = new List<EpochStart>();
        for (var i = 0; i < StartEpochs.Length && StartEpochs.Length == StartTicks.Length; i++)
            starts.Add(new EpochStart(StartEpochs[i], StartTicks[i]));
        return starts;
    }

    /// <summary>Replaces the starts.</summary>
    public void WriteStarts(IReadOnlyList<EpochStart> starts)
    {
        StartEpochs = new uint[starts.Count];
        StartTicks = new ulong[starts.Count];
        for (var i = 0; i < starts.Count; i++)
            (StartEpochs[i], StartTicks[i]) = (starts[i].Epoch, starts[i].Tick);
    }
}
