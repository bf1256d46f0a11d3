// One process under test: its output, its ready line, its end.
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Aetheris.Cluster.Tests;

/// <summary>Every wait is bounded, and a failure brings the last lines of output.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigStop = 19;
    private const int SigCont = 18;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _stdout = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, string name)
    {
        _process = process;
        Name = name;
        process.OutputDataReceived += (_, line) => Keep(line.Data, fromStdout: true);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, fromStdout: false);
    }

    /// <summary>File name of its binary.</summary>
    public string Name { get; }

    public int Id => _process.Id;

    /// <summary>Fields of the ready line.</summary>
    public IReadOnlyDictionary<string, string> Ready { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string Http => $"http://127.0.0.1:{Ready["http"]}";

    public int UdpPort => int.Parse(Ready["udp"], System.Globalization.CultureInfo.InvariantCulture);

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public string Stdout
    {
        get
        {
            lock (_output)
                return _stdout.ToString();
        }
    }

    public static ServerProcess Start(string binary, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string folder)
    {
        var start = new ProcessStartInfo(binary, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var server = new ServerProcess(process, Path.GetFileName(binary));
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    public async Task WaitUntilReadyAsync()
    {
        var ended = _process.WaitForExitAsync();
        var first = await Task.WhenAny(_ready.Task, ended, Task.Delay(StartPatience));
        if (first == ended)
            throw Failure($"ended with {_process.ExitCode} before it was ready");
        if (first != _ready.Task)
            throw Failure($"was not ready within {StartPatience.TotalSeconds} s");
        Ready = (await _ready.Task).Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(field => field.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    /// <summary>Waits for the end that the process comes to by itself.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan patience)
    {
        using var bound = new CancellationTokenSource(patience);
        try
        {
            // Also waits until both outputs are read to their end.
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            throw Failure($"did not end within {patience.TotalSeconds} s");
        }

        return _process.ExitCode;
    }

    /// <summary>Whether the process comes to its end by itself within a time.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        var ended = _process.WaitForExitAsync();
        return await Task.WhenAny(ended, Task.Delay(time)) == ended;
    }

    /// <summary>SIGTERM, then its exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signal(SigTerm);
        return await WaitForExitAsync(StopPatience);
    }

    /// <summary>SIGSTOP: it hangs, with its sockets open, until <see cref="Resume"/>.</summary>
    public void Suspend() => Signal(SigStop);

    /// <summary>SIGCONT.</summary>
    public void Resume() => Signal(SigCont);

    /// <summary>SIGKILL: no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitForExitAsync(StopPatience);
    }

    public Exception Failure(string what)
    {
        var lines = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new InvalidOperationException($"{Name} {what}; its last output:\n{string.Join('\n', lines.TakeLast(30))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited && Kill(_process.Id, signal) != 0 && !_process.HasExited)
            throw Failure($"could not be sent signal {signal}");
    }

    private void Keep(string? line, bool fromStdout)
    {
        if (line is null)
            return;
        lock (_output)
        {
            _output.AppendLine(line);
            if (fromStdout)
                _stdout.AppendLine(line);
        }

        if (fromStdout && line.StartsWith("ready ", StringComparison.Ordinal))
            _ready.TrySetResult(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}
