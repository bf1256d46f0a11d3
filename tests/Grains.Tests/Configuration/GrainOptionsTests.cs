// What the configuration says, and what is said about a wrong value.
using Aetheris.Grains.Configuration;
using Aetheris.Protocol.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aetheris.Grains.Tests.Configuration;

public sealed class GrainOptionsTests
{
    [Fact]
    public void Without_configuration_the_documented_values_hold()
    {
        var provider = Services();
        Assert.Equal(60, provider.GetRequiredService<IOptions<RoomOptions>>().Value.TickRate);
        Assert.Equal(0, provider.GetRequiredService<IOptions<RoomOptions>>().Value.HistoryTicks);
        Assert.Equal(0, provider.GetRequiredService<IOptions<DemoOptions>>().Value.Pilots);
        var rooms = provider.GetRequiredService<IOptions<RoomsOptions>>().Value;
        Assert.False(rooms.CreateByName);
        Assert.Equal(["default", "duel50"], rooms.Templates.Keys);
        Assert.Equal(50, rooms.Templates["duel50"].Capacity);
    }

    [Fact]
    public void Templates_are_added_and_changed_by_name()
    {
        var rooms = Services(
            ("Aetheris:Rooms:Templates:arena:Capacity", "20"),
            ("Aetheris:Rooms:Templates:arena:MaxEntities", "300"),
            ("Aetheris:Rooms:Templates:arena:Stress", "240"),
            ("Aetheris:Rooms:Templates:arena:Access", "inviteonly"),
            ("Aetheris:Rooms:Templates:duel50:IdleCloseSeconds", "60")).GetRequiredService<IOptions<RoomsOptions>>().Value;
        Assert.Equal(new RoomTemplate(20, RoomAccess.InviteOnly, 240, 120, 300), rooms.Templates["arena"]);
        Assert.Equal(new RoomTemplate(50, RoomAccess.Open, 0, 60, 5000), rooms.Templates["duel50"]);
    }

    [Theory]
    [InlineData("Aetheris:Room:TickRate", "zero", "Aetheris:Room:TickRate must be 1–240 but is 'zero'")]
    [InlineData("Aetheris:Room:TickRate", "0", "Aetheris:Room:TickRate must be 1–240 but is '0'")]
    [InlineData("Aetheris:Room:HistoryTicks", "-1", "Aetheris:Room:HistoryTicks must be 0–3600 but is '-1'")]
    [InlineData("Aetheris:Room:RealtimeClock", "maybe", "Aetheris:Room:RealtimeClock must be true or false but is 'maybe'")]
    [InlineData("Aetheris:Rooms:CreateByName", "ja", "Aetheris:Rooms:CreateByName must be true or false but is 'ja'")]
    [InlineData("Aetheris:Rooms:Templates:duel50:Capacity", "many", "Aetheris:Rooms:Templates:duel50:Capacity must be 0–10000 but is 'many'")]
    [InlineData("Aetheris:Rooms:Templates:x:Access", "7", "Aetheris:Rooms:Templates:x:Access must be one of Open, Permission, InviteOnly, Locked but is '7'")]
    [InlineData("Aetheris:Rooms:Templates:x:MaxEntities", "65001", "Aetheris:Rooms:Templates:x:MaxEntities must be 100–65000 but is '65001'")]
    [InlineData("Aetheris:Rooms:Templates:default:Stress", "4001", "Aetheris:Rooms:Templates:default:Stress must be 0–4000 but is '4001'")]
    [InlineData("Aetheris:Rooms:Templates:No Name:Capacity", "1", "Aetheris:Rooms:Templates:No Name must be named by 1–48 characters of a–z 0–9 . _ -")]
    [InlineData("Aetheris:Demo:Pilots", "1e9", "Aetheris:Demo:Pilots must be 0–200 but is '1e9'")]
    public void A_wrong_value_is_named_with_its_full_key(string key, string value, string message)
    {
        var provider = Services((key, value));
        var exception = Assert.Throws<OptionsValidationException>(() =>
        {
            _ = provider.GetRequiredService<IOptions<RoomOptions>>().Value;
            _ = provider.GetRequiredService<IOptions<RoomsOptions>>().Value;
            _ = provider.GetRequiredService<IOptions<DemoOptions>>().Value;
        });
        Assert.Equal(message, Assert.Single(exception.Failures));
        var atStart = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal(message, Assert.Single(atStart.Failures));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddAetherisGrains(configuration).BuildServiceProvider();
    }
}
