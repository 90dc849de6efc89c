using Bridge.Tests.Fuzz;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.Properties;

/// <summary>What holds for the commands of all classes, also of those nobody has written yet.</summary>
public sealed class CommandProperties
{
    private static readonly CommandDefinition[] s_commands = [.. CommandRegistry.All.SelectMany(static definition => definition.Commands)];

    /// <summary>Small numbers are lengths, counts and masks; they lead further into a decoder than chance does.</summary>
    private static readonly Gen<byte[]> s_payloads =
        Gen.Frequency(
            (3, Gen.Choose(0, 255)),
            (3, Gen.Choose(0, 8)),
            (1, Gen.Constant(0)),
            (1, Gen.Elements(0x20, 0x40, 0x7F, 0x80, 0x84, 0xEF, 0xF1, 0xFE, 0xFF)))
        .Select(static value => (byte)value)
        .ArrayOf()
        .Where(static bytes => bytes.Length <= 200);

    public static TheoryData<string> ClassNames => [.. CommandRegistry.All.Select(static definition => definition.Name)];

    [Theory]
    [MemberData(nameof(ClassNames))]
    public void Any_payload_is_refused_with_a_reason_or_encodes_to_itself(string className)
    {
        var commands = Array.FindAll(s_commands, command => CommandRegistry.Find(command.Id.CommandClass)!.Name == className);
        Prop.ForAll(s_payloads.ToArbitrary(), payload =>
        {
            foreach (var command in commands) Check([(byte)command.Id.CommandClass.Value, command.Id.Command, .. payload]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(120).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Every_short_payload_of_telling_bytes_is_refused_with_a_reason_or_encodes_to_itself()
    {
        byte[] telling = [0x00, 0x01, 0x02, 0x03, 0x08, 0x24, 0x81, 0xEF, 0xF1, 0xFF];
        const int longest = 3;
        for (var length = 0; length <= longest; length++)
        {
            var count = (int)Math.Pow(telling.Length, length);
            for (var number = 0; number < count; number++)
            {
                foreach (var command in s_commands)
                {
                    var bytes = new byte[2 + length];
                    (bytes[0], bytes[1]) = ((byte)command.Id.CommandClass.Value, command.Id.Command);
                    var rest = number;
                    for (var index = 2; index < bytes.Length; index++, rest /= telling.Length) bytes[index] = telling[rest % telling.Length];
                    Check(bytes);
                }
            }
        }
    }

    [Fact]
    public void Every_command_of_the_rows_cut_anywhere_is_truncated_or_a_whole_one()
    {
        HashSet<CommandId> cut = [];
        foreach (var seed in SeedCorpus.Instance.Commands)
        {
            if (CommandCodec.TryDecode(seed, out var whole) != DecodeError.None) continue;
            cut.Add(whole!.Id);
            // What has a checksum at its end has a wrong one when it is cut.
            var isChecked = whole is Crc16Encapsulation or TransportFirstSegment or TransportSubsequentSegment;
            for (var length = 0; length < seed.Length; length++)
            {
                var error = CommandCodec.TryDecode(seed.AsSpan(0, length), out var part);
                Assert.Equal(error == DecodeError.None, part is not null);
                var isExpected = error is DecodeError.None or DecodeError.Truncated || (isChecked && error == DecodeError.Checksum);
                Assert.True(isExpected, $"{Hex.Spaced(seed.AsSpan(0, length))} of {Hex.Spaced(seed)}: {error}");
            }
        }

        Assert.Empty(s_commands.Where(command => !cut.Contains(command.Id)).Select(static command => command.Name));
    }

    private static void Check(byte[] bytes)
    {
        var error = CommandCodec.TryDecode(bytes, out var command);
        if (command is null)
        {
            Assert.True(error is DecodeError.Truncated or DecodeError.ReservedValue or DecodeError.Checksum, $"{Hex.Spaced(bytes)}: {error}");
            return;
        }

        Assert.True(error == DecodeError.None, $"{Hex.Spaced(bytes)}: {error}");
        var canonical = CommandCodec.Encode(command, CodecContext.Newest);
        Assert.True(CommandCodec.TryDecode(canonical, out var again) == DecodeError.None, $"{Hex.Spaced(bytes)} became {Hex.Spaced(canonical)}");
        Assert.Equal(FieldText.Of(command, keepsCommands: true), FieldText.Of(again!, keepsCommands: true));
        Assert.Equal(Hex.Spaced(canonical), Hex.Spaced(CommandCodec.Encode(again!, CodecContext.Newest)));
    }
}
