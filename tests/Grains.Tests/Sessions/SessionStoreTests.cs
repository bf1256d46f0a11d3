// A session goes on whatever its storage does.
using Aetheris.Grains.Sessions;
using Aetheris.Grains.Tests.Harness;
using Aetheris.Protocol.Identity;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;

namespace Aetheris.Grains.Tests.Sessions;

public sealed class SessionStoreTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeState _state = new();
    private readonly ScopedLog _log = new();
    private readonly SessionStore _store;

    public SessionStoreTests() => _store = new SessionStore(_state, "01ABC", _time, _log);

    [Fact]
    public async Task A_save_is_safe_when_storage_took_it()
    {
        _store.Record.Connection = new ConnectionEpoch(5);
        Assert.True(await _store.SaveAsync());
        Assert.False(_store.IsBehind);
        Assert.Equal(5u, _state.Stored.Value);
    }

    [Fact]
    public async Task A_storage_that_takes_its_time_costs_half_a_second_and_gets_the_newest_record_in_the_end()
    {
        var write = _state.Hang();
        _store.Record.Connection = new ConnectionEpoch(5);
        var first = _store.SaveAsync();
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await first);

        _store.Record.Connection = new ConnectionEpoch(6);
        var second = _store.SaveAsync();
        write.SetResult();
        Assert.True(await second);
        Assert.Equal((6u, 2, false), (_state.Stored.Value, _state.Writes, _store.IsBehind));
    }

    [Fact]
    public async Task A_storage_that_fails_leaves_the_session_behind_until_it_works_again()
    {
        _state.Failure = new TimeoutException();
        Assert.False(await _store.SaveAsync());
        Assert.True(_store.IsBehind);
        _state.Failure = null;
        Assert.True(await _store.SaveAsync());
        Assert.False(_store.IsBehind);
    }

    [Fact]
    public async Task A_storage_that_came_back_empty_is_written_again()
    {
        _store.Record.Connection = new ConnectionEpoch(5);
        await _store.SaveAsync();
        _state.Forget();
        _store.Record.Connection = new ConnectionEpoch(6);
        Assert.True(await _store.SaveAsync());
        Assert.Equal(6u, _state.Stored.Value);
        Assert.Equal(6u, _store.Record.Connection.Value);
    }

    [Fact]
    public async Task A_storage_that_knows_a_newer_connection_ends_this_activation_and_is_left_alone()
    {
        _store.Record.Connection = new ConnectionEpoch(5);
        await _store.SaveAsync();
        _state.WriteElsewhere(9);
        _store.Record.Connection = new ConnectionEpoch(6);
        Assert.False(await _store.SaveAsync());
        Assert.True(_store.IsOutdated);
        Assert.Equal(9u, _state.Stored.Value);
    }

    [Fact]
    public async Task What_is_logged_while_storage_works_is_about_the_player()
    {
        string? during = null;
        _state.Writing = () => during = _log.Scope;
        _state.Failure = new TimeoutException("no answer");
        await _store.SaveAsync();

        Assert.Equal("Player 01ABC", during);
        Assert.Null(_log.Scope);
        Assert.Equal("The session of 01ABC could not be stored (no answer); it goes on and is stored later", Assert.Single(_log.Lines));
    }

    private sealed class FakeState : IPersistentState<SessionRecord>
    {
        private int _version;
        private TaskCompletionSource? _hang;

        public SessionRecord State { get; set; } = new();

        public string? Etag { get; private set; }

        public bool RecordExists => _version > 0;

        public ConnectionEpoch Stored { get; private set; }

        public int Writes { get; private set; }

        public Exception? Failure { get; set; }

        public Action? Writing { get; set; }

        public TaskCompletionSource Hang() => _hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Forget()
        {
            _version = 0;
            Stored = default;
        }

        public void WriteElsewhere(uint connection)
        {
            _version++;
            Stored = new ConnectionEpoch(connection);
        }

        public async Task WriteStateAsync()
        {
            Writes++;
            Writing?.Invoke();
            var connection = State.Connection;
            if (_hang is { } hang)
                await hang.Task;
            _hang = null;
            if (Failure is not null)
                throw Failure;
            if (Etag != (_version == 0 ? null : $"{_version}"))
                throw new InconsistentStateException("etag");
            Etag = $"{++_version}";
            Stored = connection;
        }

        public Task ReadStateAsync()
        {
            Etag = _version == 0 ? null : $"{_version}";
            State = new SessionRecord { Connection = Stored };
            return Task.CompletedTask;
        }

        public Task ClearStateAsync() => Task.CompletedTask;
    }
}
