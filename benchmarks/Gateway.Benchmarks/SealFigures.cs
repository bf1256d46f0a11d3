// What sealing costs a datagram, beside what sending it costs anyway.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Gateway.Benchmarks;

/// <summary>
/// Medians over rounds on one thread, in which all ways take turns, so that other work on the machine meets them alike. Nobody reads the
/// socket: what is measured is the sender's system call.
/// </summary>
internal static class SealFigures
{
    private const int Rounds = 200;
    private const int PerRound = 500;

    /// <summary>Prints both sizes.</summary>
    public static void Print()
    {
        Console.WriteLine("| packet | send | seal | seal + send, to send | open | open, to seal | platform's one-pass decryption | second pass of opening |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var size in new[] { 100, 1100 })
        {
            // The first is the compiler's warm-up.
            Measure(size);
            Console.WriteLine(Measure(size));
        }
    }

    private static string Measure(int size)
    {
        using var sink = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var to = ((IPEndPoint)sink.Client.LocalEndPoint!).Serialize();
        var key = RandomNumberGenerator.GetBytes(SealLimits.KeySize);
        using var sender = new SealedChannel(key, key);
        using var receiver = new SealedChannel(key, key);
        using var platform = new AesGcm(key, SealLimits.TagSize);
        var packet = RandomNumberGenerator.GetBytes(size);
        var buffer = new byte[2048];
        var plain = new byte[2048];
        var sealedOnes = new byte[PerRound][];
        var nonce = new byte[PacketCipher.NonceSize];
        double[] send = new double[Rounds], seal = new double[Rounds], both = new double[Rounds], open = new double[Rounds], once = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            send[round] = Time(() =>
            {
                for (var i = 0; i < PerRound; i++)
                {
                    packet.CopyTo(buffer, 0);
                    socket.SendTo(buffer.AsSpan(0, size), SocketFlags.None, to);
                }
            });
            seal[round] = Time(() =>
            {
                for (var i = 0; i < PerRound; i++)
                {
                    packet.CopyTo(buffer, 0);
                    sender.Seal(buffer, size);
                }
            });
            both[round] = Time(() =>
            {
                for (var i = 0; i < PerRound; i++)
                {
                    packet.CopyTo(buffer, 0);
                    socket.SendTo(buffer.AsSpan(0, sender.Seal(buffer, size)), SocketFlags.None, to);
                }
            });
            for (var i = 0; i < PerRound; i++)
            {
                packet.CopyTo(buffer, 0);
                sealedOnes[i] = buffer.AsSpan(0, sender.Seal(buffer, size)).ToArray();
            }

            // Before they are opened where they stand.
            once[round] = Time(() =>
            {
                foreach (var datagram in sealedOnes)
                {
                    datagram.AsSpan(0, SealLimits.CounterSize).CopyTo(nonce.AsSpan(4));
                    platform.Decrypt(nonce, datagram.AsSpan(SealLimits.CounterSize, size), datagram.AsSpan(SealLimits.CounterSize + size), plain.AsSpan(0, size));
                }
            });
            open[round] = Time(() =>
            {
                foreach (var datagram in sealedOnes)
                {
                    if (receiver.Open(datagram, out _) != SealVerdict.Genuine)
                        throw new InvalidOperationException("what was sealed does not open");
                }
            });
        }

        var (sent, sealing, sealedAndSent, opened, decrypted) = (Median(send), Median(seal), Median(both), Median(open), Median(once));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {size} B | {sent:0.00} µs | {sealing:0.00} µs | {sealedAndSent / sent:0.00} | {opened:0.00} µs | {opened / sealing:0.00} | {decrypted:0.00} µs | {opened - decrypted:0.00} µs |");
    }

    // Microseconds per datagram.
    private static double Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / PerRound;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
