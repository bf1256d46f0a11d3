// Reads the UDP datagrams of a capture file, which may still be written to.
using System.Buffers.Binary;
using System.Net;

namespace Aetheris.Cluster.Tests;

/// <summary>The classic pcap format with Ethernet frames of IPv4, as tcpdump writes it for the loopback.</summary>
internal static class PcapFile
{
    private const uint Magic = 0xA1B2C3D4;
    private const int HeadSize = 24;
    private const int RecordSize = 16;
    private const int EthernetSize = 14;
    private const int UdpSize = 8;

    /// <summary>The datagrams from an offset on; a record that is not whole yet is left for the next call.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">0 at first; then where the call before ended.</param>
    public static List<CapturedDatagram> Read(string path, ref long offset)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var datagrams = new List<CapturedDatagram>();
        if (bytes.Length < HeadSize)
            return datagrams;
        Assert.Equal((Magic, 1u), (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(20))));
        var at = Math.Max((int)offset, HeadSize);
        while (at + RecordSize <= bytes.Length)
        {
            var kept = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 8));
            if (at + RecordSize + kept > bytes.Length)
                break;
            Assert.Equal(kept, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 12)));
            datagrams.Add(ReadFrame(bytes.AsSpan(at + RecordSize, kept)));
            at += RecordSize + kept;
        }

        offset = at;
        return datagrams;
    }

    private static CapturedDatagram ReadFrame(ReadOnlySpan<byte> frame)
    {
        var ip = frame[EthernetSize..];
        Assert.Equal((4, 17, 0), (ip[0] >> 4, ip[9], BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x3FFF));
        var udp = ip[((ip[0] & 15) * 4)..];
        var length = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        return new CapturedDatagram(
            new IPEndPoint(new IPAddress(ip.Slice(12, 4)), BinaryPrimitives.ReadUInt16BigEndian(udp)),
            new IPEndPoint(new IPAddress(ip.Slice(16, 4)), BinaryPrimitives.ReadUInt16BigEndian(udp[2..])),
            udp[UdpSize..length].ToArray());
    }
}
