// Reads an HTTP answer without trusting its length.
using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Aetheris.Client.Matching;

/// <summary>Text of an answer, up to a bound.</summary>
internal static class BoundedText
{
    /// <summary>Reads UTF-8; null when there is more than <paramref name="maxBytes"/>.</summary>
    public static async Task<string?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellation)
    {
#if NET
        using var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
#else
        using var stream = await content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > maxBytes)
                return null;
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
