// Who may kill a silo of a cluster in Development.
using System.Net;
using Aetheris.Gateway.Http;

namespace Aetheris.Gateway.Tests;

public sealed class ChaosRuleTests
{
    [Theory]
    [InlineData(false, "127.0.0.1", true)]
    [InlineData(false, "::ffff:127.0.0.1", true)]
    [InlineData(false, "::1", true)]
    [InlineData(false, "192.0.2.4", false)]
    [InlineData(false, "2001:db8::1", false)]
    [InlineData(false, null, false)]
    [InlineData(true, "192.0.2.4", true)]
    public void Operators_may_and_whoever_sits_at_the_machine(bool isOperator, string? from, bool may) =>
        Assert.Equal(may, ChaosRoutes.MayKill(isOperator, from is null ? null : IPAddress.Parse(from)));
}
