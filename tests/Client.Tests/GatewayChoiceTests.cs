// Which gateway a client takes after one has failed or has sent it on.
using Aetheris.Client.Connection;
using Aetheris.Client.Transport;

namespace Aetheris.Client.Tests;

public class GatewayChoiceTests
{
    private const long Second = 1_000_000;
    private static readonly GatewayEndpoint A = new("http://a", "a", 1, string.Empty);
    private static readonly GatewayEndpoint B = new("http://b", "b", 2, string.Empty);
    private static readonly GatewayEndpoint C = new("http://c", "c", 3, string.Empty);

    private readonly GatewayChoice _choice = new();

    [Fact]
    public void The_nearest_comes_first_and_one_that_failed_is_avoided_for_ten_seconds()
    {
        Assert.Same(A, _choice.Take([A, B, C], 0));
        _choice.Avoid(1 * Second);
        Assert.Same(B, _choice.Take([A, B, C], 2 * Second));
        _choice.Avoid(3 * Second);
        Assert.Same(C, _choice.Take([A, B, C], 4 * Second));
        Assert.Same(A, _choice.Take([A, B, C], 11 * Second));
    }

    [Fact]
    public void When_all_have_failed_the_one_that_failed_first_is_tried_again()
    {
        _choice.Take([B], 0);
        _choice.Avoid(0);
        _choice.Take([A], 1);
        _choice.Avoid(1);
        Assert.Same(B, _choice.Take([A, B], 2));
        Assert.Same(A, _choice.Take([A], 3));
    }

    [Fact]
    public void One_that_serves_again_is_trusted_again()
    {
        _choice.Take([A], 0);
        _choice.Avoid(0);
        _choice.Take([A], 1);
        _choice.Trust();
        Assert.Same(A, _choice.Take([A, B], 2));
    }

    [Fact]
    public void The_gateway_that_the_server_names_comes_first_once()
    {
        _choice.Want("c", 3);
        Assert.Same(C, _choice.Take([A, B, C], 0));
        Assert.Same(A, _choice.Take([A, B, C], 1));
        _choice.Want("localhost", 2);
        Assert.Same(B, _choice.Take([A, B, C], 2));
        _choice.Want("elsewhere", 9);
        Assert.Same(A, _choice.Take([A, B, C], 3));
    }
}
