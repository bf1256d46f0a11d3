// The original's input: both directions, validation, meaning.
using Aetheris.Protocol.Binary;
using Aetheris.Protocol.Codec1.Input;
using Aetheris.Protocol.Commands;
using Aetheris.Protocol.Identity;
using CsCheck;

namespace Aetheris.Protocol.Tests.Codec1;

public sealed class InputCommandTests
{
    [Fact]
    public void An_input_round_trips()
    {
        var action = Gen.Select(Gen.Byte[0, 2], Gen.Float, Gen.Float, Gen.ULong, (kind, x, y, target) => kind switch
        {
            0 => new PlayerInput { Kind = PlayerInputKind.Move, X = x, Y = y },
            1 => new PlayerInput { Kind = PlayerInputKind.ToggleMining, Target = new NetworkId(target) },
            _ => new PlayerInput { Kind = PlayerInputKind.FirePrimary },
        });
        Gen.Select(Gen.ULong, action.Array[0, 20], Gen.UInt, Gen.Bool, Gen.ULong).Sample((tick, actions, mask, seen, last) =>
        {
            var sent = new InputCommand
            {
                Tick = tick,
                Actions = new InputActions(actions),
                ActionsMask = mask,
                HasLastSeenInputTick = seen,
                LastSeenInputTick = seen ? last : 0,
            };
            var bytes = new ByteWriter();
            sent.Write(bytes);
            Assert.True(InputCommand.TryRead(bytes.Written, out var read));
            Assert.Equal((tick, mask, seen, sent.LastSeenInputTick), (read.Tick, read.ActionsMask, read.HasLastSeenInputTick, read.LastSeenInputTick));
            var next = 0;
            foreach (var received in read.Actions)
                Assert.Equal(actions[next++], received);
            Assert.Equal(actions.Length, next);
        });
    }

    [Theory]
    [InlineData(128, 4u, InputCommandRefusal.None)]
    [InlineData(129, 0u, InputCommandRefusal.TooManyActions)]
    [InlineData(0, 5u, InputCommandRefusal.UnknownMaskBits)]
    public void Validation_follows_decoding(int actions, uint mask, InputCommandRefusal expected)
    {
        var sent = new InputCommand { Actions = new InputActions(new PlayerInput[actions]), ActionsMask = mask };
        var bytes = new ByteWriter();
        sent.Write(bytes);
        Assert.True(InputCommand.TryRead(bytes.Written, out var read));
        Assert.Equal(expected, read.Validate());
    }

    [Fact]
    public void The_last_move_and_the_first_toggle_count_and_only_the_mask_fires()
    {
        PlayerInput[] actions =
        [
            new() { Kind = PlayerInputKind.Move, X = 1 },
            new() { Kind = PlayerInputKind.ToggleMining, Target = new NetworkId(7) },
            new() { Kind = PlayerInputKind.FirePrimary },
            new() { Kind = PlayerInputKind.ToggleMining, Target = new NetworkId(8) },
            new() { Kind = PlayerInputKind.Move, Y = 0.5f },
        ];
        var input = new InputCommand { Tick = 9, Actions = new InputActions(actions), ActionsMask = 4 }.ToShipInput();
        Assert.Equal((9UL, 0f, 0.5f, 7UL), (input.TargetTick, input.MoveX, input.MoveY, input.MiningTarget));
        Assert.Equal(InputButtons.ToggleMining | InputButtons.Fire, input.Buttons);
    }
}
