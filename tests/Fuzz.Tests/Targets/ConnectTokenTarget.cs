// Connect tokens: the string, its sealed part, and what is inside it.
using System.Text;
using Aetheris.Auth.Connect;
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Sealing;

namespace Aetheris.Fuzz.Tests.Targets;

internal sealed class ConnectTokenTarget : FuzzTarget
{
    private readonly ConnectTokenSealer _sealer = TestSeal.Create();

    public override string Name => "connect-token";

    public override int Share => 150;

    public override IEnumerable<byte[]> Examples()
    {
        var token = TestSeal.Token(_sealer);
        yield return Encoding.ASCII.GetBytes(token.Encode());
        yield return token.SealedPart.ToArray();
        var inside = new ByteWriter();
        _sealer.Open(token.SealedPart, TestSeal.Here).Claims!.Write(inside);
        yield return inside.Written.ToArray();
    }

    public override void Try(Span<byte> bytes)
    {
        _sealer.Open(bytes, TestSeal.Here);
        SealedIdentity.TryRead(bytes, out _);
        if (bytes.Length <= 1000)
            _sealer.Open(Encoding.Latin1.GetString(bytes), TestSeal.Here);
    }
}
