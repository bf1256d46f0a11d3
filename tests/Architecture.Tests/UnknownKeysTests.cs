// Slips in configuration keys are noticed.
using Aetheris.Hosting.Help;
using Microsoft.Extensions.Configuration;

namespace Aetheris.Architecture.Tests;

public sealed class UnknownKeysTests
{
    [Fact]
    public void A_key_that_nobody_reads_is_named_in_full_and_known_ones_are_not()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Aetheris:Gateway:UdpProt"] = "5000",
            ["Aetheris:gateway:udpport"] = "5000",
            ["Aetheris:Rooms:Templates:arena:Capacity"] = "5",
            ["Aetheris:Rooms:Templates:arena:Capasity"] = "5",
            ["Aetheris:Room"] = "arena",
            ["Aetheris:Room:TickRate:Extra"] = "1",
            ["Logging:LogLevel:Default"] = "Warning",
        }).Build();

        Assert.Equal(
            ["Aetheris:Gateway:UdpProt", "Aetheris:Room", "Aetheris:Room:TickRate:Extra", "Aetheris:Rooms:Templates:arena:Capasity"],
            UnknownKeys.Find(configuration).Order(StringComparer.Ordinal));
    }
}
