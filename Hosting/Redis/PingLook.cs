// The look of a process that keeps nothing in the store.
using StackExchange.Redis;

namespace Aetheris.Hosting.Redis;

internal sealed class PingLook : IStoreLook
{
    public Task LookAsync(IDatabase store) => store.PingAsync();
}
