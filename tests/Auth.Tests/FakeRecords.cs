// A cluster's key record in memory.
using Aetheris.Auth.Connect;

namespace Aetheris.Auth.Tests;

internal sealed class FakeRecords : IKeyRecords
{
    public byte[]? Value { get; private set; }

    public int Writes { get; private set; }

    public Func<Task>? BeforeReplace { get; set; }

    public Task<byte[]?> ReadAsync() => Task.FromResult(Value);

    public async Task<bool> TryReplaceAsync(byte[]? expected, byte[] value)
    {
        if (BeforeReplace is { } before)
            await before();
        if (!(Value ?? []).AsSpan().SequenceEqual(expected))
            return false;
        Value = value;
        Writes++;
        return true;
    }
}
