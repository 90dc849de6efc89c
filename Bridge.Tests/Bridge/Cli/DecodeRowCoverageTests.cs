using System.Reflection;
using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
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

    /// <summary>The first column of every theory with this first parameter and a second one "fields".</summary>
    private static IEnumerable<string> Rows(string firstParameter) =>
        from type in typeof(DecodeRow).Assembly.GetTypes()
        where type.Namespace == typeof(DecodeRow).Namespace && type.Name.EndsWith("RowsTests", StringComparison.Ordinal)
        from method in type.GetMethods()
        where method.GetParameters() is [{ } first, { Name: "fields" }, ..] && first.Name == firstParameter
        from row in method.GetCustomAttributes<InlineDataAttribute>()
        select (string)row.Data[0]!;
}
