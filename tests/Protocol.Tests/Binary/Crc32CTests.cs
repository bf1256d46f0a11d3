// The checksum against its published check value.
using Aetheris.Protocol.Binary;
using CsCheck;

namespace Aetheris.Protocol.Tests.Binary;

public sealed class Crc32CTests
{
    [Fact]
    public void The_check_value_is_the_published_one() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    [Fact]
    public void A_checksum_can_be_continued() => Gen.Select(Gen.Byte.Array[0, 50], Gen.Byte.Array[0, 50]).Sample((a, b) =>
        Crc32C.Append(Crc32C.Compute(a), b) == Crc32C.Compute([.. a, .. b]));
}
