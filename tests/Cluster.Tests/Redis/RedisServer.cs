// A real Redis server of one test: on, hanging, killed, back with its file or without it.
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Aetheris.Cluster.Tests.Redis;

/// <summary>Debian's <c>redis-server</c> on a free loopback port, append-only file on, in a folder of its own.</summary>
internal sealed class RedisServer
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);

    private readonly Workplace _workplace;
    private readonly string _folder;
    private readonly string? _password;
    private readonly IReadOnlyList<string> _command;
    private ServerProcess _process;

    private RedisServer(Workplace workplace, string folder, string? password, IEnumerable<string>? command)
    {
        _workplace = workplace;
        _folder = folder;
        _password = password;
        _command = [.. command ?? ["--appendonly", "yes", "--save", string.Empty]];
        Port = FreePort.Tcp();
        _process = Start();
    }

    public int Port { get; }

    /// <summary>Value of Aetheris:Cluster:Redis.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}" + (_password is null ? string.Empty : ",password=" + _password);

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="workplace">Owner of the process.</param>
    /// <param name="password">Password that it asks for.</param>
    /// <param name="command">Arguments instead of these tests' own.</param>
    public static async Task<RedisServer> StartAsync(Workplace workplace, string? password = null, IEnumerable<string>? command = null)
    {
        var folder = Path.Combine(workplace.Folder, "redis-" + Guid.NewGuid().ToString("n")[..8]);
        Directory.CreateDirectory(folder);
        var server = new RedisServer(workplace, folder, password, command);
        await server.WaitUntilAnsweringAsync();
        return server;
    }

    /// <summary>SIGSTOP: connections stay open and say nothing.</summary>
    public void Suspend() => _process.Suspend();

    /// <summary>SIGCONT.</summary>
    public void Resume() => _process.Resume();

    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts it again with what its file holds.</summary>
    public async Task StartAgainAsync()
    {
        _process = Start();
        await WaitUntilAnsweringAsync();
    }

    /// <summary>Starts it again with nothing.</summary>
    public Task StartEmptyAsync()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        return StartAgainAsync();
    }

    /// <summary>One command of inline words, and the first 64 KB of its answer in the protocol's own form.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var bound = new CancellationTokenSource(StartPatience);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, bound.Token);
        var stream = client.GetStream();
        var text = (_password is null ? string.Empty : $"AUTH {_password}\r\n") + command + "\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), bound.Token);
        var buffer = new byte[65536];
        var read = await stream.ReadAsync(buffer, bound.Token);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private ServerProcess Start() => _workplace.Start(
        Binaries.RedisServer,
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder, "--loglevel", "warning", .. _command,
            .. _password is null ? Array.Empty<string>() : ["--requirepass", _password],
        ]);

    private async Task WaitUntilAnsweringAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                // While it loads its file it answers with an error.
                if ((await AskAsync("PING")).Contains("+PONG", StringComparison.Ordinal))
                    return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                // Not listening yet.
            }

            if (Stopwatch.GetElapsedTime(started) > StartPatience)
                throw _process.Failure("does not answer");
            await Task.Delay(20);
        }
    }
}
