// A mail server that keeps what it is given, over real sockets.
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Aetheris.SignIn.Tests.Hosts;

internal sealed partial class SmtpSink : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string To, string Text)> _mails = new();
    private readonly CancellationTokenSource _end = new();

    public SmtpSink()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Mails to an address so far.</summary>
    public int CountTo(string address) => _mails.Count(mail => mail.To == address);

    /// <summary>The code of the newest mail to an address, once there are so many.</summary>
    public async Task<string> CodeAsync(string address, int mails = 1)
    {
        using var bound = new CancellationTokenSource(Patience);
        while (CountTo(address) < mails)
            await Task.Delay(10, bound.Token);
        return Code().Match(_mails.Last(mail => mail.To == address).Text).Value;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    [GeneratedRegex("(?<=Your code is )[0-9]{6}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    private async Task AcceptAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        var to = string.Empty;
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            if (line.StartsWith("RCPT TO:<", StringComparison.OrdinalIgnoreCase))
                to = line["RCPT TO:<".Length..line.IndexOf('>', StringComparison.Ordinal)];
            if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("354 go on");
                _mails.Enqueue((to, await ReadDataAsync(reader)));
            }

            await writer.WriteLineAsync(line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 ok");
        }
    }

    private async Task<string> ReadDataAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
            text.AppendLine(line);
        return text.ToString();
    }
}
