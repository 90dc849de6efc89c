using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class FunctionRegistryTests
{
    public static TheoryData<NodeIdWidth> Widths => new(NodeIdWidth.Bits8, NodeIdWidth.Bits16);

    [Fact]
    public void Every_function_is_listed_once_in_order()
    {
        var ids = FunctionRegistry.All.Select(definition => definition.Id.Value).ToArray();
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.All(FunctionRegistry.All, definition => Assert.Same(definition, FunctionRegistry.Find(definition.Id)));
    }

    [Fact]
    public void Every_name_is_given_once() => Assert.Distinct(FunctionRegistry.All.Select(definition => definition.Name));

    [Fact]
    public void Every_definition_is_registered()
    {
        var declared = typeof(FunctionRegistry).Assembly.GetTypes()
            .Select(type => type.GetField("Definition")?.GetValue(null))
            .OfType<FunctionDefinition>()
            .Select(definition => definition.Name)
            .Order();
        Assert.Equal(declared, FunctionRegistry.All.Select(definition => definition.Name).Order());
    }

    [Fact]
    public void Every_message_record_belongs_to_a_registered_function()
    {
        var records = typeof(FunctionRegistry).Assembly.GetTypes()
            .Count(type => type is { IsAbstract: false, IsInterface: false } && type.Namespace == typeof(FunctionRegistry).Namespace && type.IsAssignableTo(typeof(ISerialMessage)));
        Assert.Equal(records, FunctionRegistry.All.Sum(definition => definition.Messages.Count));
    }

    [Fact]
    public void Every_message_has_the_id_of_its_function_and_a_kind_of_its_own() =>
        Assert.All(FunctionRegistry.All, definition =>
        {
            Assert.NotEmpty(definition.Messages);
            Assert.All(definition.Messages, message => Assert.Equal(definition.Id, message.Function));
            Assert.Distinct(definition.Messages.Select(message => message.Kind));
        });

    [Fact]
    public void An_unknown_function_is_unknown_and_nothing_else() =>
        Assert.Equal(
            DecodeError.UnknownCommand,
            FunctionRegistry.TryDecode(new(0xF7), MessageKind.ModuleRequest, [1, 2, 3], NodeIdWidth.Bits8, out _));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_bytes_are_refused_or_decode_to_a_message_that_encodes_to_itself(NodeIdWidth width)
    {
        var messages = FunctionRegistry.All.SelectMany(definition => definition.Messages).ToArray();
        var property = Prop.ForAll(Payloads().ToArbitrary(), payload =>
        {
            foreach (var message in messages) CheckPayload(message, payload, width);
        });
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(120).WithQuietOnSuccess(true));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_short_payload_of_telling_bytes_is_refused_or_encodes_to_itself(NodeIdWidth width)
    {
        // Lengths, node ids, statuses and sub-commands: where a message is cut decides most, and chance seldom cuts there.
        byte[] telling = [0x00, 0x01, 0x02, 0x03, 0x04, 0x16, 0x84, 0x85, 0xFF];
        const int longest = 4;
        var messages = FunctionRegistry.All.SelectMany(definition => definition.Messages).ToArray();
        for (var length = 0; length <= longest; length++)
        {
            var bytes = new byte[length];
            var count = (int)Math.Pow(telling.Length, length);
            for (var number = 0; number < count; number++)
            {
                var rest = number;
                for (var index = 0; index < length; index++, rest /= telling.Length) bytes[index] = telling[rest % telling.Length];
                foreach (var message in messages) CheckPayload(message, bytes, width);
            }
        }
    }

    private static void CheckPayload(SerialMessageDefinition definition, byte[] bytes, NodeIdWidth width)
    {
        var error = FunctionRegistry.TryDecode(definition.Function, definition.Kind, bytes, width, out var message);
        string What() => $"{definition.Function} {definition.Kind} {width} {Hex.Spaced(bytes)}: {error}";
        if (message is null)
        {
            if (error is not (DecodeError.Truncated or DecodeError.ReservedValue)) Assert.Fail(What());
            return;
        }

        if (error != DecodeError.None) Assert.Fail(What());
        // Random bytes may be longer than what they mean; what they mean survives.
        var canonical = DataFrame.Of(message, width).Payload;
        error = FunctionRegistry.TryDecode(definition.Function, definition.Kind, canonical.Span, width, out var again);
        if (again is null) Assert.Fail(What());
        Assert.Equal(FieldText.Of(message), FieldText.Of(again));
        Assert.Equal(Hex.Spaced(canonical.Span), Hex.Spaced(DataFrame.Of(again, width).Payload.Span));
    }

    /// <summary>Payloads with small numbers more often than chance gives: they are lengths, node ids and status values.</summary>
    private static Gen<byte[]> Payloads() =>
        Gen.Frequency(
            (3, Gen.Choose(0, 255)),
            (3, Gen.Choose(0, 8)),
            (1, Gen.Constant(0)),
            (1, Gen.Elements(0x20, 0x40, 0x80, 0x84, 0x85, 0xEF, 0xF1)))
        .Select(value => (byte)value)
        .ArrayOf()
        .Where(bytes => bytes.Length <= DataFrame.MaximumPayload);
}
