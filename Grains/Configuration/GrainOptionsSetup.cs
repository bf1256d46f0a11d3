// Fills the options of this assembly from the configuration.
using Aetheris.Protocol.Components;
using Aetheris.Protocol.Identity;
using Aetheris.World;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Aetheris.Grains.Configuration;

/// <summary>Reads and checks every key under <c>Aetheris:Room</c>, <c>Aetheris:Rooms</c> and <c>Aetheris:Demo</c>.</summary>
internal static class GrainOptionsSetup
{
    private const string Templates = "Aetheris:Rooms:Templates";

    /// <exception cref="OptionsValidationException">A value is wrong; the message names its full key.</exception>
    public static void Read(RoomOptions options, IConfiguration configuration, bool development)
    {
        options.TickRate = SettingReader.Integer(configuration, "Aetheris:Room:TickRate", 1, 240, 60);
        options.HistoryTicks = SettingReader.Integer(configuration, "Aetheris:Room:HistoryTicks", 0, 3600, development ? 120 : 0);
        options.RealtimeClock = SettingReader.Boolean(configuration, "Aetheris:Room:RealtimeClock", fallback: false);
    }

    /// <exception cref="OptionsValidationException">A value is wrong; the message names its full key.</exception>
    public static void Read(RoomsOptions options, IConfiguration configuration, bool development)
    {
        options.CreateByName = SettingReader.Boolean(configuration, "Aetheris:Rooms:CreateByName", development);
        options.RebalanceSeconds = SettingReader.Integer(configuration, "Aetheris:Rooms:RebalanceSeconds", 0, 3600, options.RebalanceSeconds);
        options.PerPlayer = SettingReader.Integer(configuration, "Aetheris:Rooms:PerPlayer", 0, 1000, development ? 0 : 16);
        options.SeatSeconds = SettingReader.Integer(configuration, "Aetheris:Rooms:SeatSeconds", 1, 600, options.SeatSeconds);
        foreach (var section in configuration.GetSection(Templates).GetChildren())
        {
            if (!RoomName.IsValid(section.Key) || section.Key.Length > RoomsOptions.MaxTemplateName)
            {
                throw new OptionsValidationException(
                    section.Path, typeof(RoomTemplate), [section.Path + " must be named by 1–48 characters of a–z 0–9 . _ -"]);
            }

            var shipped = options.TryGetTemplate(section.Key, out var known) ? known : options.Templates[RoomsOptions.DefaultTemplate];
            var entities = SettingReader.Integer(
                configuration, section.Path + ":MaxEntities", RoomTemplate.LeastMaxEntities, RoomSettings.LargestMaxEntities, shipped.MaxEntities);
            options.Templates[section.Key] = new RoomTemplate(
                SettingReader.Integer(configuration, section.Path + ":Capacity", 0, 10_000, shipped.Capacity),
                SettingReader.Name(configuration, section.Path + ":Access", shipped.Access),
                SettingReader.Integer(configuration, section.Path + ":Stress", 0, RoomTemplate.MaxStress(entities), shipped.Stress),
                SettingReader.Integer(configuration, section.Path + ":IdleCloseSeconds", 0, 604_800, shipped.IdleCloseSeconds),
                entities);
        }
    }

    /// <exception cref="OptionsValidationException">A value is wrong; the message names its full key.</exception>
    public static void Read(DemoOptions options, IConfiguration configuration, bool development) =>
        options.Pilots = SettingReader.Integer(configuration, "Aetheris:Demo:Pilots", 0, 200, development ? 8 : 0);
}
