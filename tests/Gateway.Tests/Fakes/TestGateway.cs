// Connections over fakes: real tokens, a fake clock, a fake room that a test ticks.
using System.Security.Cryptography;
using Aetheris.Auth;
using Aetheris.Auth.Connect;
using Aetheris.Auth.Keys;
using Aetheris.Auth.Tokens;
using Aetheris.Gateway.Chat;
using Aetheris.Gateway.Connections;
using Aetheris.Gateway.Edge;
using Aetheris.Gateway.Rooms;
using Aetheris.Grains.Interfaces.Rooms;
using Aetheris.Grains.Interfaces.Sessions;
using Aetheris.Grains.Interfaces.Shard;
using Aetheris.Protocol;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using Aetheris.Protocol.Link;
using Aetheris.World;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aetheris.Gateway.Tests.Fakes;

internal sealed class TestGateway : IConnectTokens, ISessionPort, IRoomChat
{
    private static readonly string Pem = CreatePem();
    private readonly TokenVerifier _verifier;
    private readonly TokenIssuer _issuer;
    private readonly ConnectTokenSealer _sealer;
    private readonly UsedTokens _used;
    private readonly ConnectKeyRing _connect;

    public TestGateway(bool isDevelopment = false, int maxConnectionsPerAddress = 0, ConnectKeyRing? connect = null)
    {
        Options.MaxConnectionsPerAddress = maxConnectionsPerAddress;
        var auth = new AuthOptions { SigningKey = Pem };
        var keys = SigningKeys.Load(auth, development: false);
        _issuer = new TokenIssuer(keys, auth, Time);
        _verifier = new TokenVerifier(keys, Time);
        _connect = connect ?? new ConnectKeyRing();
        if (connect is null)
            _connect.Use(new ConnectKey(ConnectKey.NewSecret()));
        _sealer = new ConnectTokenSealer(_connect, auth, Time);
        _used = new UsedTokens(Time);
        Clock = new EdgeClock(Time);
        Banned = new BannedAddresses(Time);
        Port.AutoAnswer = () => new RoomSubscription(RoomStatus.Active, Room.Image(), Room.LastSequence(Id), TickRate);
        Links = new RoomLinks(Port, Id, WorldDefinition.Standard, Options, Metrics, NullLogger<RoomLinks>.Instance);
        Set = new ConnectionSet(new ConnectionServices
        {
            Gateway = Id,
            Options = Options,
            Clock = Clock,
            Metrics = Metrics,
            Logger = Log,
            Audit = Audit,
            Tokens = this,
            Sessions = this,
            Banned = Banned,
            Rooms = Links,
            Chat = this,
            IsDevelopment = isDevelopment,
        });
        Room.Tick();
    }

    public GatewayId Id { get; } = new(99);

    public GatewayOptions Options { get; } = new();

    public GatewayMetrics Metrics { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public EdgeClock Clock { get; }

    public TestRoom Room { get; } = new();

    public FakePort Port { get; } = new();

    public RoomLinks Links { get; }

    public ConnectionSet Set { get; }

    public BannedAddresses Banned { get; }

    public ushort TickRate { get; set; } = 60;

    public bool VerifyHangs { get; set; }

    public bool ClaimHangs { get; set; }

    public SessionLease? Lease { get; set; }

    public bool CheckFails { get; set; }

    public Dictionary<PlayerId, string> Roles { get; } = [];

    public uint NextConnection { get; set; } = 3;

    public int Checks { get; private set; }

    public SessionClaim? LastClaim { get; private set; }

    public SessionClaim? LastCheck { get; private set; }

    public LineLog Log { get; } = new();

    public LineLog Audit { get; } = new();

    public List<ConnectionEpoch> Released { get; } = [];

    public List<ChatLine> Said { get; } = [];

    public void Say(ChatLine line) => Said.Add(line);

    /// <summary>Another gateway, of the same id and keys, at the beginning of time.</summary>
    public TestGateway WithNothingUsed() => new(connect: _connect);

    public string AccessToken(PlayerId player, string role = PlayerRole.Player, TimeSpan? life = null) =>
        _issuer.IssueAccess(player, "Ada", role, life).Token;

    public string Token(string role = PlayerRole.Player, bool spectate = false, TimeSpan? life = null, PlayerId? player = null)
    {
        var access = _issuer.IssueAccess(player ?? TokenIssuer.NewPlayer(), "Ada", role, life);
        return _sealer.Issue(_verifier.VerifyAccess(access.Token).Claims!, "r", spectate, [Id]).Token;
    }

    public ConnectionStateMachine Connect(
        IConnection transport, string token, ushort version = ProtocolVersions.Link, byte codec = 1, bool codec1Events = false, bool chat = false)
    {
        var request = new ByteWriter();
        new ConnectRequest(version, codec, Spectate: false, token) { Codec1Events = codec1Events, Chat = chat }.Write(request);
        return Set.Open(transport, request.Written);
    }

    public ConnectionStateMachine Join(FakeTransport transport, string role = PlayerRole.Player, bool codec1Events = false, PlayerId? player = null, bool chat = false)
    {
        var machine = Connect(transport, Token(role, player: player), codec1Events: codec1Events, chat: chat);
        Rounds(8);
        Assert.Equal(ConnectionStage.InRoom, machine.Stage);
        return machine;
    }

    /// <summary>Rounds of the edge, 16 ms and one room tick each.</summary>
    public void Rounds(int count, bool ticks = true)
    {
        for (var i = 0; i < count; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(16));
            var now = Clock.Now;
            Links.Step(now);
            Set.Step(now);
            Links.Flush(now);
            if (!ticks)
                continue;
            var commands = new List<Command>();
            foreach (var batch in Port.Batches)
                CommandBatch.TryRead(batch, out _, commands);
            Port.Batches.Clear();
            Port.OnFrame?.Invoke(Room.Tick([.. commands]));
        }
    }

    public TokenResult<SealedIdentity> Open(ReadOnlySpan<byte> sealedPart) => _sealer.Open(sealedPart, Id);

    public Task<TokenResult<SealedIdentity>> VerifyAsync(string token) =>
        VerifyHangs ? new TaskCompletionSource<TokenResult<SealedIdentity>>().Task : Task.FromResult(_sealer.Open(token, Id));

    public Task<TokenResult<AccessClaims>> VerifyAccessAsync(string token) => Task.FromResult(_verifier.VerifyAccess(token));

    public bool IsUsed(ConnectClaims claims) => _used.IsUsed(claims.Jti);

    public bool TryUse(ConnectClaims claims) => _used.TryUse(claims.Jti, claims.ExpiresAt);

    public Task<SessionLease> ClaimAsync(PlayerId player, SessionClaim claim)
    {
        Roles[player] = claim.Role;
        LastClaim = claim;
        return ClaimHangs ? new TaskCompletionSource<SessionLease>().Task : Task.FromResult(Lease ?? new SessionLease(Granted: true, 0, new ConnectionEpoch(NextConnection), claim.Role, claim.ExpiresAt));
    }

    public Task<SessionLease> CheckAsync(PlayerId player, ConnectionEpoch connection, SessionClaim claim)
    {
        Checks++;
        LastCheck = claim;
        return CheckFails
            ? Task.FromException<SessionLease>(new TimeoutException())
            : Task.FromResult(Lease ?? new SessionLease(Granted: true, 0, connection, Roles.GetValueOrDefault(player, "player"), Time.GetUtcNow() + TimeSpan.FromHours(24)));
    }

    public Task<SessionLease> RenewAsync(PlayerId player, ConnectionEpoch connection, SessionClaim claim)
    {
        Roles[player] = claim.Role;
        return Task.FromResult(Lease ?? new SessionLease(Granted: true, 0, connection, claim.Role, claim.ExpiresAt));
    }

    public Task ReleaseAsync(PlayerId player, ConnectionEpoch connection)
    {
        Released.Add(connection);
        return Task.CompletedTask;
    }

    private static string CreatePem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
