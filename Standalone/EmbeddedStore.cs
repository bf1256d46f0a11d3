// Garnet inside Standalone: durable on one machine, with nothing to install.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Aetheris.Hosting.Cluster;
using Aetheris.Hosting.Redis;
using Aetheris.Hosting.Startup;
using Garnet;
using Microsoft.Extensions.Hosting;

namespace Aetheris.Standalone;

/// <summary>Listens on a free loopback port before the silo starts, stops after it, and keeps its data in <c>Aetheris:Cluster:Data</c>.</summary>
internal sealed class EmbeddedStore : IEmbeddedStore, IHostedService, IDisposable
{
    private const string Key = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Data)}";
    private const string LockFile = "in-use";

    private readonly string _folder;
    private readonly int _port = FreePort();
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private FileStream? _lock;
    private GarnetServer? _server;

    public EmbeddedStore(ClusterOptions options) => _folder = string.IsNullOrWhiteSpace(options.Data)
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.Create), "aetheris", "store")
        : Path.GetFullPath(options.Data);

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"{IPAddress.Loopback}:{_port},password={_password}");

    /// <summary>Size of the log on disk, in bytes.</summary>
    public long LogBytes
    {
        get
        {
            var log = new DirectoryInfo(Path.Combine(_folder, "AOF"));
            return log.Exists ? log.EnumerateFiles().Sum(file => file.Length) : 0;
        }
    }

    /// <exception cref="StartupException">The folder cannot be used, or another process uses it.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        TakeFolder();
        // The device of the operating system needs a library that is not everywhere; the log is small enough for the managed one.
        _server = new GarnetServer(
        [
            "--bind", IPAddress.Loopback.ToString(), "--port", _port.ToString(CultureInfo.InvariantCulture), "-q", "true",
            "--auth", "Password", "--password", _password, "--disable-console-logger", "true", "--lua", "true", "--aof", "true", "--recover", "true", "--checkpointdir", _folder, "--logdir", _folder,
            "--memory", "64m", "--index", "1m", "--storage-tier", "true", "--device-type", "RandomAccess",
        ]);
        _server.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _server?.Dispose();
        _server = null;
        _lock?.Dispose();
        _lock = null;
    }

    // Two stores in one folder would write into each other's log.
    private void TakeFolder()
    {
        try
        {
            // Names and sign-ins are nobody else's business.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(_folder);
            else
                Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _lock = new FileStream(Path.Combine(_folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the folder {_folder} ({Key}) cannot be used, or another process uses it", exception);
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
