// One server for all tests of this project.
namespace Aetheris.SignIn.Tests.Hosts;

[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "server";
}
