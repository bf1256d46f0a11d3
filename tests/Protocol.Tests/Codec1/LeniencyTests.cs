// The accept and reject rules one by one, also those that no vector covers. Source: WIRE_FORMAT §6.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Events;
using Aetheris.Protocol.Json;

namespace Aetheris.Protocol.Tests.Codec1;

public sealed class LeniencyTests
{
    [Theory]
    [InlineData("event", "81a450696e67c40105", "81a450696e679105")] // struct as bin
    [InlineData("event", "81a450696e67c403050607", "81a450696e679105")] // left-over bytes of a bin are no error
    [InlineData("event", "81a450696e678100cd0005", "81a450696e679105")] // field by index
    [InlineData("event", "81a450696e6782c40474 69636b0509c0", "81a450696e679105")] // field name as bin, unknown index skipped
    [InlineData("event", "81a450696e6782a2fffe01a47469636b05", "81a450696e679105")] // an unknown key need not be UTF-8
    [InlineData("event", "81a450696e6782a17ad40101a47469636b05", "81a450696e679105")] // ext is skipped
    [InlineData("event", "de000100dc000105", "81a450696e679105")] // wide heads
    [InlineData("event", "81c40450696e679105", "81a450696e679105")] // variant name as bin
    [InlineData("event", "06", "aa436c656172576f726c64")] // unit variant by index
    [InlineData("event", "8106c0", "aa436c656172576f726c64")] // unit variant by index with nil
    [InlineData("event", "81a5537061776ec40401020304", "81a5537061776e9401ca40000000ca40400000ca40800000")] // bin into floats
    [InlineData("component:Station", "9292cf000000000000000101d0ff", "9292ca3f800000ca3f800000cabf800000")]
    [InlineData("component:Station", "92c403010203 05", "9292ca3f800000ca40000000ca40a00000")] // an array of plain floats as bin
    [InlineData("component:RoomMembership", "d005", "05")]
    [InlineData("component:RoomDefinition", "94c40161008101c4017800c2", null)] // bool is no integer
    [InlineData("component:RoomDefinition", "94c401610081 01c40178c2", "94a1610081aa5065726d697373696f6ea178c2")]
    [InlineData("component:RoomDefinition", "94a161008100c0c2", "94a16100a44f70656ec2")]
    [InlineData("component:MiningBeam", "83a6616374697665c3ac6d696e696e675f72616e676501b0626173655f6d696e696e675f7261746502", "94c3c0ca3f80000002")] // absent option
    [InlineData("component:MiningBeam", "92c3c0", null)] // the engine's form has no defaults
    [InlineData("component:InputCommand", "9401c40004c0", "94019004c0")] // empty bin as sequence
    [InlineData("component:InputCommand", "9401c4010004c0", null)]
    [InlineData("component:InputCommand", "94019181 00c4020102 0007", "94019181a44d6f766592ca3f800000ca400000000007")]
    [InlineData("component:InputCommand", "9401918101c4010500c0", null)] // an id refuses the bin form
    [InlineData("component:DockedState", "c4020102", null)] // so does a struct with an id
    [InlineData("component:JumpGate", "c4020102", null)]
    [InlineData("component:Loadout", "9600c406010203040506010101 01", null)]
    [InlineData("component:Weapon", "c4020102", "920102")]
    [InlineData("component:CargoDrop", "c400", null)]
    [InlineData("component:CargoDrop", "07", null)]
    [InlineData("component:RoomMembership", "9105", null)] // a newtype takes no wrapper
    [InlineData("component:ShipClass", "d000", null)] // an index is unsigned
    [InlineData("component:ShipClass", "03", null)]
    [InlineData("component:ShipClass", "8100c0", "ab496e746572636570746f72")]
    [InlineData("event", "81a450696e6781d00005", null)] // a key is unsigned
    [InlineData("event", "81a450696e6781c005", null)]
    [InlineData("event", "81a450696e6782a17ac1a47469636b05", null)] // c1 even under an unknown key
    [InlineData("event", "81a450696e6791d40105", null)]
    [InlineData("event", "81a44175746891a3eda080", null)] // surrogate
    [InlineData("event", "81a44175746891a2c080", null)] // overlong
    [InlineData("event", "81a947616d654576656e7481ae53797374656d4d616e69666573749182a16101a16102", null)]
    [InlineData("event", "81a947616d654576656e7481ae53797374656d4d616e69666573749182a162a131a161a132", "81a947616d654576656e7481ae53797374656d4d616e69666573749182a161a132a162a131")]
    [InlineData("event", "81a947616d654576656e7481ae53797374656d4d616e69666573749182a161a131a161a132", "81a947616d654576656e7481ae53797374656d4d616e69666573749181a161a132")]
    [InlineData("event", "81a947616d654576656e7481ae53797374656d4d616e69666573749182a4f09f9880a0a3efbfbda0", "81a947616d654576656e7481ae53797374656d4d616e69666573749182a3efbfbda0a4f09f9880a0")]
    public void The_decoder_is_exactly_as_lenient_as_the_original(string kind, string hex, string? canonical)
    {
        var into = new ByteWriter();
        var accepted = WireValueKinds.TryCanonicalize(kind, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), into);
        Assert.Equal(canonical is not null, accepted);
        if (canonical is not null)
            Assert.Equal(canonical, Convert.ToHexStringLower(into.Written));
    }

    [Theory]
    [InlineData(1022, true)]
    [InlineData(1023, false)]
    public void Nesting_stops_below_1024_levels(int skipped, bool accepted)
    {
        // The body's map is one level, the skipped arrays are the others.
        string[] message = ["81a450696e6782a17a", .. Enumerable.Repeat("91", skipped - 1), "90", "a47469636b05"];
        Assert.Equal(accepted, WireEvent.TryRead(Convert.FromHexString(string.Concat(message)), out _));
    }

    [Theory]
    [InlineData("cf8000008000000000", 0x5F000000u)] // a tie goes to even
    [InlineData("cf8000008000000001", 0x5F000001u)] // just above it, which a detour over float64 loses
    [InlineData("cfffffffffffffffff", 0x5F800000u)]
    [InlineData("d38000000000000000", 0xDF000000u)]
    [InlineData("ce01000001", 0x4B800000u)]
    [InlineData("ce01000003", 0x4B800002u)]
    [InlineData("cb7e37e43c8800759c", 0x7F800000u)]
    [InlineData("cbfff8000000000000", 0xFFC00000u)]
    [InlineData("ca7fa00001", 0x7FA00001u)]
    public void Numbers_become_the_nearest_float(string hex, uint bits)
    {
        var into = new ByteWriter();
        Assert.True(WireValueKinds.TryCanonicalize("component:JumpGate", Convert.FromHexString("9201" + hex), into));
        Assert.Equal("9201ca" + bits.ToString("x8"), Convert.ToHexStringLower(into.Written));
    }

    [Fact]
    public void A_buffer_too_small_at_any_cut_is_a_result_not_an_exception()
    {
        foreach (var (kind, bytes) in Kinds.Samples)
        {
            if (kind != "event" || bytes.Length > 300 || !WireEvent.TryRead(bytes, out var value))
                continue;
            var canonical = new ByteWriter();
            value.Write(canonical);
            for (var length = 0; length < canonical.Length; length++)
            {
                Assert.False(value.TryWrite(new byte[length], out _, out var overflow));
                Assert.Equal(new Aetheris.Protocol.Codec1.BufferOverflow(256, length), overflow);
            }

            var whole = new byte[canonical.Length];
            Assert.True(value.TryWrite(whole, out var written, out _));
            Assert.Equal(canonical.Written, whole.AsSpan(0, written));
        }
    }

    [Fact]
    public void A_framed_update_that_does_not_fit_says_what_it_needs()
    {
        var update = new FramedUpdate { Entity = new(300), Kind = 1024, Tick = 70000, Payload = new byte[10] };
        Assert.False(update.TryWrite(new byte[11], out _, out var header));
        Assert.Equal(new Aetheris.Protocol.Codec1.BufferOverflow(32, 11), header);
        Assert.False(update.TryWrite(new byte[21], out _, out var payload));
        Assert.Equal(new Aetheris.Protocol.Codec1.BufferOverflow(22, 21), payload);
        Assert.True(update.TryWrite(new byte[22], out var written, out _));
        Assert.Equal(22, written);
    }
}
