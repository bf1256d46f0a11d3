// What codec 2 counts.
using System.Diagnostics.Metrics;

namespace Aetheris.Gateway.Replication.Codec2;

/// <summary>Totals over all rooms of a gateway. Written by the edge thread alone, read by any.</summary>
public sealed class Codec2Metrics
{
    private readonly ChannelRegistry _channels;
    private readonly long[] _bytes;
    private readonly long[] _blocks;
    private readonly long[] _shed;
    private long _encoded;
    private long _used;

    /// <summary>Creates the counters.</summary>
    /// <param name="channels">Their label values.</param>
    /// <param name="meter">Where to export them; null = nowhere.</param>
    public Codec2Metrics(ChannelRegistry channels, Meter? meter = null)
    {
        ArgumentNullException.ThrowIfNull(channels);
        _channels = channels;
        _bytes = new long[channels.Channels.Count];
        _blocks = new long[channels.Channels.Count];
        _shed = new long[channels.Channels.Count];
        if (meter is null)
            return;
        meter.CreateObservableCounter("aetheris_channel_bytes_sent_total", () => Observe(_bytes), description: "Bytes of codec-2 state sent.");
        meter.CreateObservableCounter("aetheris_channel_events_sent_total", () => Observe(_blocks), description: "Codec-2 blocks sent; of channel self, own records.");
        meter.CreateObservableCounter("aetheris_channel_events_shed_total", () => Observe(_shed), description: "Times a changed cell had to wait for bytes.");
        meter.CreateObservableCounter("aetheris_codec2_blocks_encoded_total", () => BlocksEncoded, description: "Blocks encoded; each serves every client with the same bases.");
        meter.CreateObservableCounter("aetheris_codec2_blocks_used_total", () => BlocksUsed, description: "Blocks handed to clients.");
    }

    /// <summary>Blocks encoded.</summary>
    public long BlocksEncoded => Volatile.Read(ref _encoded);

    /// <summary>Blocks handed to connections; the ratio to <see cref="BlocksEncoded"/> is what sharing saves.</summary>
    public long BlocksUsed => Volatile.Read(ref _used);

    /// <summary>Bytes sent on all channels.</summary>
    public long TotalBytes
    {
        get
        {
            long sum = 0;
            for (var channel = 0; channel < _bytes.Length; channel++)
                sum += BytesOf(channel);
            return sum;
        }
    }

    /// <summary>Bytes sent on a channel.</summary>
    public long BytesOf(int channel) => Volatile.Read(ref _bytes[channel]);

    /// <summary>Times a changed cell of a channel had to wait for bytes.</summary>
    public long ShedOf(int channel) => Volatile.Read(ref _shed[channel]);

    internal void CountEncoded() => _encoded++;

    internal void CountUsed() => _used++;

    internal void CountSent(int channel, int bytes)
    {
        _bytes[channel] += bytes;
        _blocks[channel]++;
    }

    internal void CountShed(int channel) => _shed[channel]++;

    private Measurement<long>[] Observe(long[] totals)
    {
        var measurements = new Measurement<long>[totals.Length];
        for (var i = 0; i < totals.Length; i++)
            measurements[i] = new Measurement<long>(Volatile.Read(ref totals[i]), new KeyValuePair<string, object?>("channel", _channels.Channels[i].Name));
        return measurements;
    }
}
