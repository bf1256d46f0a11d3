// The playground's files.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.StaticFiles;

namespace Aetheris.Gateway.Http;

/// <summary>Static files with headers that let a page run its own scripts and nothing else.</summary>
internal static class PageFiles
{
    // Which gateways a page connects to is said by matches, so that connections are the one thing without bounds.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' http: https: ws: wss:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Serves wwwroot.</summary>
    public static void Use(IApplicationBuilder app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = AddHeaders });
    }

    private static void AddHeaders(StaticFileResponseContext context)
    {
        var headers = context.Context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // Asked again each time, and answered by 304: modules of two versions must not meet.
        headers.CacheControl = "no-cache";
    }
}
