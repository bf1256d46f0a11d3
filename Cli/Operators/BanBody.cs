// The body of a ban, of a player or of an address.
using System.Text;
using System.Text.Json;

namespace Aetheris.Cli.Operators;

internal static class BanBody
{
    /// <summary>What <c>until</c> means in help texts.</summary>
    public const string UntilHelp = "until when, such as 2027-01-31T12:00Z; - until the ban is lifted";

    /// <summary>The JSON.</summary>
    /// <param name="kind">"player" or "address".</param>
    /// <param name="whom">Its value.</param>
    /// <param name="reason">Why.</param>
    /// <param name="until">A time, or "-" for no end.</param>
    public static string Write(string kind, string whom, string reason, string until)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(kind, whom);
            json.WriteString("reason", reason);
            if (until != "-")
                json.WriteString("until", until);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
