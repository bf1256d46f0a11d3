// What a look at the store does beside finding out whether it answers.
using StackExchange.Redis;

namespace Aetheris.Hosting.Redis;

internal interface IStoreLook
{
    /// <summary>One small round trip; throws or never ends when the store is away.</summary>
    Task LookAsync(IDatabase store);
}
