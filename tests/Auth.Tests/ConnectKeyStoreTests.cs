// Connect keys that a cluster keeps for itself: drawn once, sealed, and changed without a gap.
using Aetheris.Auth.Connect;
using Aetheris.Auth.Tokens;
using Aetheris.Protocol.Identity;

namespace Aetheris.Auth.Tests;

public sealed class ConnectKeyStoreTests
{
    private static readonly GatewayId Here = new(5);
    private readonly TestKeys _keys = new();
    private readonly FakeRecords _records = new();

    [Fact]
    public async Task The_first_gateway_draws_the_key_and_the_others_use_it()
    {
        var (one, two) = (Gateway(), Gateway());
        Assert.True(await one.Store.RefreshAsync());
        Assert.True(await two.Store.RefreshAsync());
        Assert.Equal(1, _records.Writes);
        Assert.True(two.Sealer.Open(Issue(one), Here).Succeeded);
        Assert.True(one.Sealer.Open(Issue(two), Here).Succeeded);
    }

    [Fact]
    public async Task Gateways_that_start_together_agree_on_one_key()
    {
        var (one, two) = (Gateway(), Gateway());
        _records.BeforeReplace = async () =>
        {
            _records.BeforeReplace = null;
            Assert.True(await two.Store.RefreshAsync());
        };
        Assert.True(await one.Store.RefreshAsync());
        Assert.Equal(1, _records.Writes);
        Assert.True(two.Sealer.Open(Issue(one), Here).Succeeded);
    }

    [Fact]
    public async Task A_change_of_keys_refuses_no_token_of_any_gateway_at_any_time()
    {
        var gateways = Enumerable.Range(0, 3).Select(_ => Gateway()).ToArray();
        foreach (var gateway in gateways)
            await gateway.Store.RefreshAsync();
        var ids = new HashSet<uint>();
        var shown = new Queue<(DateTimeOffset Until, string Token)>();
        var end = _keys.Time.GetUtcNow() + TimeSpan.FromHours(50);
        for (var round = 0; _keys.Time.GetUtcNow() < end; round++)
        {
            // The gateways read the record at different times, half a minute apart at worst.
            _keys.Time.Advance(TimeSpan.FromSeconds(20));
            await gateways[round % 3].Store.RefreshAsync();
            ids.Add(gateways[round % 3].Ring.Sealing.Id);
            shown.Enqueue((_keys.Time.GetUtcNow() + TimeSpan.FromSeconds(30), Issue(gateways[round % 3])));
            while (shown.TryPeek(out var oldest) && oldest.Until < _keys.Time.GetUtcNow())
                shown.Dequeue();
            foreach (var (_, token) in shown)
                Assert.All(gateways, gateway => Assert.True(gateway.Sealer.Open(token, Here).Succeeded));
        }

        Assert.Equal(3, ids.Count);
    }

    [Fact]
    public async Task An_old_key_opens_no_more_after_its_grace()
    {
        var gateway = Gateway(TimeSpan.FromMinutes(5));
        await gateway.Store.RefreshAsync();
        var first = gateway.Ring.Sealing.Id;
        for (var day = 0; day < 2; day++)
        {
            _keys.Time.Advance(ConnectKeySchedule.Life);
            await gateway.Store.RefreshAsync();
            _keys.Time.Advance(ConnectKeySchedule.Lead + ConnectKeySchedule.Grace);
            await gateway.Store.RefreshAsync();
        }

        Assert.Null(gateway.Ring.Find(first));
    }

    [Fact]
    public async Task Another_secret_opens_nothing_and_overwrites_nothing()
    {
        await Gateway().Store.RefreshAsync();
        var before = _records.Value;
        var stranger = Gateway(secret: "another secret of the operators");
        Assert.False(await stranger.Store.RefreshAsync());
        Assert.False(stranger.Ring.IsReady);
        Assert.Equal(before, _records.Value);
    }

    [Fact]
    public async Task The_record_shows_no_key()
    {
        var gateway = Gateway();
        await gateway.Store.RefreshAsync();
        Assert.True(new KeyRecordSeal(Secret).TryOpen(_records.Value, out var keys));
        Assert.True(_records.Value.AsSpan().IndexOf(keys[0].Secret) < 0);
        Assert.DoesNotContain(Convert.ToBase64String(keys[0].Secret), keys[0].ToString(), StringComparison.Ordinal);
        for (var bit = 0; bit < _records.Value!.Length * 8; bit += 7)
        {
            // A salt that differs costs the slow derivation; the rest shows the same.
            if (bit / 8 is >= 1 and < 17)
                continue;
            var flipped = _records.Value.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Seal.TryOpen(flipped, out _));
        }
    }

    private const string Secret = "a secret of the operators";

    private static KeyRecordSeal Seal { get; } = new(Secret);

    private string Issue(in Member gateway) =>
        gateway.Sealer.Issue(_keys.Verifier.VerifyAccess(_keys.Issuer.IssueAccess(_keys.Player, "Ada").Token).Claims!, "r", spectate: false, [Here]).Token;

    private Member Gateway(TimeSpan? life = null, string secret = Secret)
    {
        var ring = new ConnectKeyRing();
        var options = new AuthOptions { SigningKey = _keys.Pem, ConnectTokenLifetime = life ?? TimeSpan.FromSeconds(30) };
        var seal = secret == Secret ? Seal : new KeyRecordSeal(secret);
        return new Member(ring, new ConnectKeyStore(ring, _records, seal, _keys.Time), new ConnectTokenSealer(ring, options, _keys.Time));
    }

    private readonly record struct Member(ConnectKeyRing Ring, ConnectKeyStore Store, ConnectTokenSealer Sealer);
}
