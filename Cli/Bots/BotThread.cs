// Polls a share of the bots about once a millisecond.
using System.Collections.Concurrent;

namespace Aetheris.Cli.Bots;

/// <summary>One thread for many bots. Work for the bots from outside runs on it, between two polls.</summary>
internal sealed class BotThread : IDisposable
{
    private readonly Bot[] _bots;
    private readonly Thread _thread;
    private readonly ConcurrentQueue<Action> _work = new();
    private volatile bool _stop;

    public BotThread(Bot[] bots)
    {
        _bots = bots;
        _thread = new Thread(Run) { IsBackground = true, Name = "bots" };
        _thread.Start();
    }

    /// <summary>What ended the thread, if something did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Runs something for each bot on its thread and waits for it.</summary>
    public Task ForEachAsync(Action<Bot> action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Enqueue(() =>
        {
            foreach (var bot in _bots)
                action(bot);
            done.SetResult();
        });
        return done.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join(TimeSpan.FromSeconds(5));
    }

    private void Run()
    {
        try
        {
            while (!_stop)
            {
                while (_work.TryDequeue(out var work))
                    work();
                foreach (var bot in _bots)
                    bot.Poll();
                Thread.Sleep(1);
            }
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }
}
