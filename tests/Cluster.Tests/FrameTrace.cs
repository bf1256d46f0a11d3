// What a gateway delivered, frame by frame, read from its trace.
using System.Globalization;

namespace Aetheris.Cluster.Tests;

/// <summary>Needs a gateway that was started with <see cref="Setting"/>. In Development every frame carries its StateHash.</summary>
internal sealed class FrameTrace
{
    /// <summary>Argument that makes a gateway trace its frames.</summary>
    public const string Setting = "--Logging:LogLevel:Aetheris.Gateway.Rooms.RoomLinks=Trace";

    private const string Category = " trace Aetheris.Gateway.Rooms.RoomLinks: Frame ";

    private readonly Dictionary<string, List<DeliveredFrame>> _byRoom;

    private FrameTrace(Dictionary<string, List<DeliveredFrame>> byRoom) => _byRoom = byRoom;

    /// <summary>Reads what a gateway has traced so far.</summary>
    public static FrameTrace Read(ServerProcess gateway)
    {
        var byRoom = new Dictionary<string, List<DeliveredFrame>>(StringComparer.Ordinal);
        foreach (var line in gateway.Output.Split('\n'))
        {
            var at = line.IndexOf(Category, StringComparison.Ordinal);
            if (at < 0)
                continue;
            // room "epoch" E "seq" S "tick" T "hash" H
            var words = line[(at + Category.Length)..].Split(' ', StringSplitOptions.TrimEntries);
            var frame = new DeliveredFrame(
                words[0],
                uint.Parse(words[2], CultureInfo.InvariantCulture),
                ulong.Parse(words[6], CultureInfo.InvariantCulture),
                words[8].Length == 16 ? words[8] : null);
            if (!byRoom.TryGetValue(frame.Room, out var frames))
                byRoom[frame.Room] = frames = [];
            frames.Add(frame);
        }

        Assert.NotEmpty(byRoom);
        return new FrameTrace(byRoom);
    }

    /// <summary>No frame of an epoch comes after one of a higher epoch.</summary>
    public void AssertEpochsOnlyRise()
    {
        foreach (var frames in _byRoom.Values)
        {
            for (var i = 1; i < frames.Count; i++)
                Assert.True(frames[i].Epoch >= frames[i - 1].Epoch, $"{frames[i]} after {frames[i - 1]}");
        }
    }

    /// <summary>Every room's ticks are there one by one, in one epoch.</summary>
    public void AssertNothingSkipped()
    {
        foreach (var frames in _byRoom.Values)
        {
            for (var i = 1; i < frames.Count; i++)
                Assert.True(frames[i].Tick == frames[i - 1].Tick + 1 && frames[i].Epoch == frames[i - 1].Epoch, $"{frames[i]} after {frames[i - 1]}");
        }
    }

    /// <summary>What both gateways delivered of a tick, in the last epoch in which each did, has the same hash.</summary>
    /// <returns>The number of hashes compared.</returns>
    public int AssertSameHashes(FrameTrace other)
    {
        var compared = 0;
        foreach (var (room, frames) in _byRoom)
        {
            var theirs = Final(other._byRoom.GetValueOrDefault(room, []));
            foreach (var (tick, frame) in Final(frames))
            {
                if (!theirs.TryGetValue(tick, out var their))
                    continue;
                Assert.True(frame.Hash == their.Hash, $"{frame} and {their}");
                compared++;
            }
        }

        return compared;
    }

    private static Dictionary<ulong, DeliveredFrame> Final(List<DeliveredFrame> frames)
    {
        var final = new Dictionary<ulong, DeliveredFrame>();
        foreach (var frame in frames)
        {
            if (frame.Hash is not null)
                final[frame.Tick] = frame;
        }

        return final;
    }
}
