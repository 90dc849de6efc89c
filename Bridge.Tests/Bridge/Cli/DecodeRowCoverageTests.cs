using System.Reflection;
using Bridge.Cli;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Nothing that is decoded is without a row that fixes its field names.</summary>
public sealed class DecodeRowCoverageTests
{
    [Fact]
    public void Every_command_has_a_row_that_names_its_fields()
    {
        HashSet<CommandId> covered = [.. Rows("hex").Select(static hex =>
        {
            Assert.Equal(DecodeError.None, CommandCodec.TryDecode(WireAssert.Bytes(hex), out var command));
            return command!.Id;
        })];
        var commands = CommandRegistry.All.SelectMany(static definition => definition.Commands);
        Assert.Empty(commands.Where(command => !covered.Contains(command.Id)).Select(static command => command.Name));
    }

    [Fact]
    public void Every_message_of_the_format_has_a_row_that_names_its_fields()
    {
        HashSet<string> covered = [.. Rows("message").Select(static message => string.Join(' ', message.Split(' ')[..2]))];
        var messages = FunctionRegistry.All.SelectMany(static definition => definition.Messages)
            .Where(static message => FixedMessages.Contains(message.Function, message.Kind));
        Assert.Empty(messages.Select(Name).Except(covered));
    }

    [Fact]
    public void Every_message_of_the_format_has_a_codec()
    {
        var known = FunctionRegistry.All.SelectMany(static definition => definition.Messages).Select(Name);
        var named =
            from kind in Enum.GetValues<MessageKind>()
            from function in Enumerable.Range(0, 256)
            where FixedMessages.Contains(new FunctionId((byte)function), kind)
            select Name(kind, (byte)function);
        Assert.Empty(named.Except(known));
    }

    private static string Name(SerialMessageDefinition message) => Name(message.Kind, message.Function.Value);

    private static string Name(MessageKind kind, byte function) =>
        $"{(kind == MessageKind.HostRequest ? "H" : kind == MessageKind.Response ? "RES" : "M")} {function:X2}";

    /// <summary>The first column of every theory with this first parameter and a second one "fields".</summary>
    private static IEnumerable<string> Rows(string firstParameter) =>
        from type in typeof(DecodeRow).Assembly.GetTypes()
        where type.Namespace == typeof(DecodeRow).Namespace && type.Name.EndsWith("RowsTests", StringComparison.Ordinal)
        from method in type.GetMethods()
        where method.GetParameters() is [{ } first, { Name: "fields" }, ..] && first.Name == firstParameter
        from row in method.GetCustomAttributes<InlineDataAttribute>()
        select (string)row.Data[0]!;
}
