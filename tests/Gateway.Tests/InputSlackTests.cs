// How early inputs came, in microseconds.
using Aetheris.Gateway.Connections;

namespace Aetheris.Gateway.Tests;

public sealed class InputSlackTests
{
    [Fact]
    public void Slack_is_the_time_from_arrival_to_the_frame_of_the_target_tick()
    {
        var slack = new InputSlack();
        slack.OnInput(101, 5_000);
        Assert.Equal(InputSlack.Unknown, slack.Of(101));
        slack.OnFrame(100, 6_000);
        slack.OnFrame(101, 22_667);
        Assert.Equal(17_667, slack.Of(101));
    }

    [Fact]
    public void Slack_of_a_late_input_is_negative()
    {
        var slack = new InputSlack();
        slack.OnFrame(101, 10_000);
        slack.OnInput(101, 14_000);
        Assert.Equal(-4_000, slack.Of(101));
    }

    [Fact]
    public void Slack_is_not_known_without_input_or_frame_or_after_32_ticks()
    {
        var slack = new InputSlack();
        for (var tick = 1ul; tick <= 40; tick++)
        {
            slack.OnFrame(tick, (long)tick * 1000);
            if (tick != 40)
                slack.OnInput(tick, (long)tick * 1000);
        }

        Assert.Equal(InputSlack.Unknown, slack.Of(0));
        Assert.Equal(InputSlack.Unknown, slack.Of(8));
        Assert.Equal(0, slack.Of(9));
        Assert.Equal(InputSlack.Unknown, slack.Of(40));
        Assert.Equal(InputSlack.Unknown, slack.Of(ulong.MaxValue));
    }
}
