// A copy of a bot's view, taken between two polls.
using Aetheris.Protocol.Binary;

namespace Aetheris.Cli.Bots;

/// <summary>Everything one bot knows at one moment.</summary>
internal sealed class ViewCapture
{
    public ViewCapture(Bot bot)
    {
        Bot = bot.Index;
        var view = bot.Client.View;
        var writer = new ByteWriter();
        for (var slot = 0; slot < view.SlotCount; slot++)
        {
            var id = view.IdOf(slot).Value;
            if (id != 0)
                Copy(bot, slot, id, writer);
        }

        NewestTick = bot.Client.Clock.NewestTick;
    }

    public int Bot { get; }

    /// <summary>Newest server tick the bot has seen.</summary>
    public ulong NewestTick { get; }

    public List<ViewRecord> Records { get; } = new();

    public HashSet<(ulong Entity, ushort Kind)> Known { get; } = new();

    public HashSet<ulong> Entities { get; } = new();

    private void Copy(Bot bot, int slot, ulong id, ByteWriter writer)
    {
        var view = bot.Client.View;
        Entities.Add(id);
        foreach (var column in view.Columns)
        {
            if (!column.Has(slot))
                continue;
            writer.Clear();
            column.WriteFrameForm(slot, writer);
            Records.Add(new ViewRecord(bot.Index, id, column.Kind, column.TickOf(slot), writer.Written.ToArray(), bot.Codec == 2 && id != view.OwnShip.Value));
            Known.Add((id, column.Kind));
        }
    }
}
