// What an operator's request is called in the audit log.
using Microsoft.AspNetCore.Http;

namespace Aetheris.Gateway.Http;

/// <summary>Set by a route that has better words than its method and path.</summary>
/// <param name="Name">The act.</param>
/// <param name="Target">What it was done to.</param>
public sealed record AdminAct(string Name, string Target)
{
    /// <summary>Names the act of a request.</summary>
    public static void Set(HttpContext context, string name, string target) => context.Features.Set(new AdminAct(name, target));
}
