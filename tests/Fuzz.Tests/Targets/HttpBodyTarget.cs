// Bodies of HTTP requests: into every request type of the API, as the routes read them, and answers into the client.
using System.Text;
using System.Text.Json;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Http;
using Aetheris.Protocol.Identity;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class HttpBodyTarget : FuzzTarget
{
    // Whatever a route takes as its body; those that are added are found by their names.
    private static readonly Type[] Bodies =
        [.. typeof(GuestRequest).Assembly.GetTypes().Where(type => type.IsPublic && !type.IsAbstract
            && (type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("Wish", StringComparison.Ordinal)))];

    public override string Name => "http-body";

    public override int Share => 20;

    public override IEnumerable<byte[]> Examples()
    {
        Assert.Contains(typeof(MatchWish), Bodies);
        yield return "{\"name\":\"Ada\"}"u8.ToArray();
        yield return "{\"room\":\"playground\",\"spectate\":true,\"exclude\":[\"a\",\"b\"]}"u8.ToArray();
        yield return "{\"template\":\"duel50\"}"u8.ToArray();
        yield return "{\"silo\":\"silo-1\"}"u8.ToArray();
        yield return "{\"name\":\"\\ud83d\\ude80 \\u202e\",\"email\":\"a@b.c\",\"code\":\"123456\",\"token\":\"x.y.z\"}"u8.ToArray();
        yield return "{\"room\":\"a\",\"connectToken\":\"t\",\"udp\":{\"host\":\"h\",\"port\":5},\"gateways\":[{\"http\":\"http://a\",\"udp\":{\"host\":\"h\",\"port\":5},\"ws\":\"ws://a\"}]}"u8.ToArray();
    }

    public override void Try(Span<byte> bytes)
    {
        foreach (var body in Bodies)
        {
            try
            {
                var read = JsonSerializer.Deserialize(bytes, body, JsonSerializerOptions.Web);
                if (read is GuestRequest guest)
                    PlayerNameRule.IsValid(guest.Name);
                if (read is MatchWish wish)
                    RoomName.IsValid(wish.Room ?? wish.Template);
            }
            catch (JsonException)
            {
                // The framework's own 400.
            }
        }

        Client.Matching.MatchAnswer.FromJson(Encoding.UTF8.GetString(bytes));
    }
}
