// Writes down who used, and who tried to use, the operators' routes.
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aetheris.Gateway.Http;

/// <summary>
/// Works on the paths <c>/api/admin</c> and <c>/api/chaos</c>, whatever routes there are: every refusal (up to a rate, with the number of those in between) and
/// every request that may change something or that says itself what it does (<see cref="AdminAct"/>), with its outcome. Thread-safe.
/// </summary>
public sealed class AdminAudit : IAuthorizationMiddlewareResultHandler
{
    private const double RefusalsPerSecond = 10;
    private const double RefusalBurst = 500;
    private const int MaxPath = 200;

    private readonly AuthorizationMiddlewareResultHandler _inner = new();
    private readonly Lock _lock = new();
    private readonly IdentityDigest _digest;
    private readonly EdgeClock _clock;
    private readonly ILogger _audit;
    private TokenBucket _refusals;
    private int _unwritten;

    /// <summary>An audit with a full burst.</summary>
    public AdminAudit(IdentityDigest digest, EdgeClock clock, ILoggerFactory logs)
    {
        _digest = digest;
        _clock = clock;
        _audit = logs.CreateLogger(AuditLog.Category);
        _refusals = new TokenBucket(RefusalsPerSecond, RefusalBurst, clock.Now);
    }

    /// <inheritdoc />
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var refusal = context.Features.Get<AccessRefusal>();
        if (IsAudited(context))
            Refuse(context, refusal?.Reason ?? (authorizeResult.Challenged ? AccessTokenHandler.RefusalOf(context) : "the role is not admin"));
        if (refusal is not null)
            await refusal.Answer.ExecuteAsync(context);
        else
            await _inner.HandleAsync(next, context, policy, authorizeResult);
    }

    /// <summary>Middleware behind the authorization: what an operator changed, or tried to.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!IsAudited(context) || context.Features.Get<AccessClaims>() is not { } access)
            return;
        var act = context.Features.Get<AdminAct>();
        if (act is null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
            return;
        act ??= new AdminAct(context.Request.Method, PathOf(context));
        var outcome = Outcome(context.Response.StatusCode);
        AuditLog.Operated(_audit, act.Name, act.Target, access.Player, access.Role, outcome);
    }

    private static bool IsAudited(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api/admin", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/api/chaos", StringComparison.OrdinalIgnoreCase);

    private static string Outcome(int status) => status switch
    {
        < 300 => "accepted",
        404 => "unknown",
        _ => $"refused ({status})",
    };

    // Escaped, so that nobody writes lines of their own into the log.
    private static string PathOf(HttpContext context)
    {
        var path = context.Request.Path.ToUriComponent();
        return path.Length <= MaxPath ? path : path[..MaxPath];
    }

    private void Refuse(HttpContext context, string reason)
    {
        int unwritten;
        lock (_lock)
        {
            if (!_refusals.TryTake(1, _clock.Now))
            {
                _unwritten++;
                return;
            }

            unwritten = _unwritten;
            _unwritten = 0;
        }

        var who = context.Features.Get<AccessClaims>()?.Player.ToString() ?? "nobody";
        var path = PathOf(context);
        var address = _digest.Of("address", ClientAddress.Of(context));
        AuditLog.AccessRefused(_audit, context.Request.Method, path, who, address, reason, unwritten);
    }
}
