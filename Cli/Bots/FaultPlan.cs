// The faults of the self-test: planted in running bots, then looked for in what the run reports.
using Aetheris.Client.Input;
using Aetheris.Protocol.Components;

namespace Aetheris.Cli.Bots;

/// <summary>
/// One decoded value corrupted in one bot's view, one acknowledgement withheld, one input sent in no packet, one input altered in the
/// verifier's copy. Each must be found by the same figures that every run reports.
/// </summary>
internal sealed class FaultPlan
{
    private Bot? _corrupted;
    private Bot? _withheld;
    private Bot? _dropped;
    private Bot? _altered;
    private ulong _corruptedEntity;
    private byte _mask = 0x40;
    private bool _droppedFound;
    private bool _alteredFound;
    private bool _ackFound;
    private bool _valueFound;

    /// <summary>Names of the faults and whether each was reported.</summary>
    public IReadOnlyList<(string Fault, bool Found)> Results =>
    [
        ("corrupted_value", _valueFound),
        ("withheld_ack", _ackFound),
        ("dropped_input", _droppedFound),
        ("altered_input", _alteredFound),
    ];

    /// <summary>Plants the faults of the link, spread over the bots, and follows them for two seconds.</summary>
    public async Task PlantAsync(Bot[] bots, Func<Action<Bot>, Task> each, CancellationToken cancellation)
    {
        _corrupted = bots[0];
        _withheld = bots[1 % bots.Length];
        _dropped = bots[2 % bots.Length];
        _altered = bots[3 % bots.Length];
        await Task.Delay(300, cancellation);
        await each(bot => Ask(bot, bot == _withheld, bot == _dropped, altered: false));
        await Task.Delay(300, cancellation);
        await each(bot => Ask(bot, withheld: false, dropped: false, bot == _altered));
        for (var i = 0; i < 20; i++)
        {
            await Task.Delay(100, cancellation);
            await each(Follow);
        }
    }

    /// <summary>Looks for the withheld acknowledgement once the figures are final.</summary>
    public void Observe(Bot[] bots)
    {
        if (_withheld is not null)
            _ackFound = _withheld.Client.Faults.WithheldTick is > 0 and var tick && _withheld.Client.Quality.Acks.IsMissing(tick);
    }

    /// <summary>Corrupts one value of the chosen bot, on its thread.</summary>
    public void Corrupt(Bot bot)
    {
        if (bot != _corrupted || !bot.Client.View.TryCorrupt(_mask, out var entity))
            return;
        _corruptedEntity = entity.Value;

        // Another bit when the check is repeated, so that the second fault does not undo the first.
        _mask >>= 1;
    }

    /// <summary>Looks for the corrupted value among the findings.</summary>
    public void Judge(DesyncResult result) =>
        _valueFound |= _corrupted is not null && _corruptedEntity != 0 && result.Has(_corrupted.Index, _corruptedEntity, ComponentKinds.Transform);

    private static void Ask(Bot bot, bool withheld, bool dropped, bool altered)
    {
        bot.Client.Faults.WithholdAck |= withheld;
        bot.Client.Faults.DropInput |= dropped;
        bot.Client.Faults.AlterInput |= altered;
    }

    private void Follow(Bot bot)
    {
        var inputs = bot.Client.Inputs;
        if (bot == _dropped && inputs.TryGetStatus(bot.Client.Faults.DroppedSequence, out var dropped))
            _droppedFound |= dropped == InputStatus.Unreceived && inputs.Counts.Unreceived > 0;
        if (bot == _altered && inputs.TryGetStatus(bot.Client.Faults.AlteredSequence, out var altered))
            _alteredFound |= altered is InputStatus.Lost or InputStatus.Suspect && inputs.Counts.Lost > 0 && inputs.Counts.ChainMismatches > 0;
    }
}
