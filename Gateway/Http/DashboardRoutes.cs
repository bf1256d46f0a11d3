// The Orleans Dashboard beside the operators' view, for the role admin.
using Aetheris.Hosting.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Orleans.Dashboard;

namespace Aetheris.Gateway.Http;

/// <summary>
/// Everything under <c>/api/admin/dashboard/</c> is the dashboard's own and needs the role like every operators' route. A browser that follows a link
/// sends no token, so that <c>POST /api/admin/dashboard</c> makes of the caller's token a cookie for these paths and for reading alone (ADR 85).
/// </summary>
internal static class DashboardRoutes
{
    /// <summary>Where it begins.</summary>
    public const string Prefix = "/api/admin/dashboard";

    private const string Cookie = "aetheris-dashboard";

    /// <summary>Maps both, where the dashboard is on.</summary>
    public static void Map(WebApplication app)
    {
        if (!Dashboard.IsOn(app.Configuration, app.Environment))
            return;
        app.MapPost(Prefix, Enter).RequireAuthorization(AdminRoutes.AdminPolicy).WithSummary("Let this browser see the Orleans Dashboard")
            .Produces(204).ProducesProblem(401).ProducesProblem(403);
        app.MapOrleansDashboard(Prefix).RequireAuthorization(AdminRoutes.AdminPolicy).AddEndpointFilter(static (context, next) =>
        {
            var headers = context.HttpContext.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            return next(context);
        });
    }

    /// <summary>The token that a browser brings to the dashboard; null on every other path, and for whoever may change something.</summary>
    public static string? TokenOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase) ? request.Cookies[Cookie] : null;

    private static NoContent Enter(HttpContext context)
    {
        context.Response.Cookies.Append(Cookie, AccessTokenHandler.TokenOf(context.Request) ?? string.Empty, new CookieOptions
        {
            Path = Prefix,
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Expires = AccessTokenHandler.ClaimsOf(context).ExpiresAt,
        });
        return TypedResults.NoContent();
    }
}
