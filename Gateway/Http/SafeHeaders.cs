// Headers that every answer carries.
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Aetheris.Gateway.Http;

/// <summary>Answers with tokens stay out of caches, nothing is guessed to be a page, and who came over TLS comes over TLS again (RFC 6797, RFC 9111).</summary>
internal static class SafeHeaders
{
    private const string OneYear = "max-age=31536000";

    /// <summary>Adds them to whatever comes after.</summary>
    public static void UseSafeHeaders(this WebApplication app) => app.Use(static next => context =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        return next(context);
    });

    /// <summary>Bodies are UTF-8: another charset is refused before anything tries to find its decoder.</summary>
    public static void RequireUtf8(this WebApplication app) => app.Use(static next => context =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue
            && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Problem("Bodies are UTF-8.", statusCode: StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context)
            : next(context));
}
