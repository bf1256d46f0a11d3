// The commands of operators inside a room, tried by everybody else.
using System.Net;
using System.Text;
using System.Text.Json;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Link;
using Aetheris.SignIn.Tests.Hosts;

namespace Aetheris.SignIn.Tests;

[Collection(ServerCollection.Name)]
public sealed class PrivilegedMessageTests(ServerFixture server)
{
    private static readonly WireEventKind[] Privileged = [WireEventKind.StressTest, WireEventKind.Spawn, WireEventKind.ClearWorld];

    [Fact]
    public async Task No_bad_token_opens_a_connection()
    {
        var ws = $"ws://{server.Http.Authority}/ws";
        foreach (var (kind, token) in server.Tokens.Bad().Append(("an access token", server.Tokens.Admin())))
        {
            var answer = await Pilot.KnockAsync(ws, token ?? string.Empty);
            Assert.True(answer == ControlKind.Reject, $"{kind}: {answer}");
        }
    }

    [Fact]
    public async Task A_player_gets_no_privilege_by_any_bad_token_and_every_try_is_written_down()
    {
        var credentials = server.Tokens.Bad().Where(bad => bad.Token is not null).Append((Kind: "another admin's", Token: server.Tokens.Admin())).ToList();
        for (var i = 0; i < credentials.Count; i++)
        {
            using var visitor = server.Visit();
            var guest = await visitor.DoAsync("/api/auth/guest", new { name = "Mallory" });
            visitor.Token = guest.GetProperty("token").GetString();
            using var pilot = await Pilot.EnterAsync(visitor, "vault");

            await pilot.SendAsync(new WireEvent { Kind = WireEventKind.Auth, SessionToken = Encoding.UTF8.GetBytes(credentials[i].Token!) });
            var result = await pilot.WaitForAsync(ControlKind.AuthResult);
            Assert.True(result.Code != CloseReason.None, $"{credentials[i].Kind} was taken");
            var player = guest.GetProperty("player").GetString()!;
            foreach (var kind in Privileged)
            {
                await pilot.SendAsync(new WireEvent { Kind = kind, EntityType = 1, Count = 10 });
                await EventuallyAsync(() => server.Log.Audit.Any(line =>
                    line.StartsWith($"{kind} by player {player}", StringComparison.Ordinal) && line.Contains("refused, not privileged", StringComparison.Ordinal)));
            }
        }

        using var admin = server.Visit(server.Tokens.Admin());
        var room = (await admin.GetAsync("/api/admin/rooms")).Body.EnumerateArray().Single(listed => listed.GetProperty("room").GetString() == "vault");
        Assert.True(room.GetProperty("entities").GetInt32() < 30, "something was spawned");
    }

    [Fact]
    public async Task An_operator_may()
    {
        using var admin = server.Visit(server.Tokens.Admin());
        using var pilot = await Pilot.EnterAsync(admin, "workshop");

        await pilot.SendAsync(new WireEvent { Kind = WireEventKind.StressTest, Count = 10 });

        await EventuallyAsync(() => server.Log.Audit.Any(line => line.StartsWith("StressTest by player", StringComparison.Ordinal) && line.Contains("in room workshop: allowed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_goes_on_trying_is_seen_by_operators()
    {
        using var visitor = server.Visit();
        var guest = await visitor.DoAsync("/api/auth/guest", new { name = "Nosy" });
        visitor.Token = guest.GetProperty("token").GetString();
        using var pilot = await Pilot.EnterAsync(visitor, "gallery");
        var player = guest.GetProperty("player").GetString()!;
        using var admin = server.Visit(server.Tokens.Admin());

        await pilot.SendAsync(new WireEvent { Kind = WireEventKind.ClearWorld });

        await EventuallyAsync(async () => (await admin.GetAsync($"/api/admin/sessions/{player}")).Body.GetProperty("suspicion").GetInt32() == 15);
        // Gateways report their sessions now and then.
        var listed = default(JsonElement);
        await EventuallyAsync(async () =>
        {
            listed = (await admin.GetAsync("/api/admin/sessions")).Body.EnumerateArray().FirstOrDefault(session => session.GetProperty("player").GetString() == player);
            return listed.ValueKind == JsonValueKind.Object && listed.GetProperty("suspicion").GetInt32() == 15;
        });
        Assert.Equal(("Nosy", "gallery", "websocket", 15), (listed.GetProperty("name").GetString(), listed.GetProperty("room").GetString(), listed.GetProperty("transport").GetString(), listed.GetProperty("suspicion").GetInt32()));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/admin/sessions/{player}/suspicion")).Status);
        Assert.Equal(0, (await admin.GetAsync($"/api/admin/sessions/{player}")).Body.GetProperty("suspicion").GetInt32());
    }

    private static Task EventuallyAsync(Func<bool> holds) => EventuallyAsync(() => Task.FromResult(holds()));

    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await holds())
            await Task.Delay(10, bound.Token);
    }
}
