using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class CommandRegistryTests
{
    [Fact]
    public void Every_class_is_listed_once_in_order()
    {
        var ids = CommandRegistry.All.Select(static definition => definition.Id.Value).ToArray();
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.All(CommandRegistry.All, static definition => Assert.Same(definition, CommandRegistry.Find(definition.Id)));
    }

    [Fact]
    public void Every_definition_is_registered()
    {
        var declared = typeof(CommandRegistry).Assembly.GetTypes()
            .Select(static type => type.GetField("Definition")?.GetValue(null))
            .OfType<CommandClassDefinition>()
            .Select(static definition => definition.Name)
            .Order();
        Assert.Equal(declared, CommandRegistry.All.Select(static definition => definition.Name).Order());
    }

    [Fact]
    public void Every_command_record_belongs_to_a_registered_class()
    {
        var records = typeof(CommandRegistry).Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(ICommand)) && !type.IsAssignableTo(typeof(IConfidentialCommand)));
        Assert.All(records, static record =>
        {
            var id = (CommandId)record.GetProperty(nameof(SwitchBinaryGet.CommandId))!.GetValue(null)!;
            Assert.True(CommandRegistry.Find(id) is not null, $"{record.Name} ({id}) is not listed");
        });
    }

    [Fact]
    public void Every_command_has_the_number_of_its_class_and_a_number_and_name_of_its_own() =>
        Assert.All(CommandRegistry.All, static definition =>
        {
            Assert.NotEmpty(definition.Commands);
            Assert.All(definition.Commands, command => Assert.Equal(definition.Id, command.Id.CommandClass));
            Assert.Distinct(definition.Commands.Select(static command => command.Id.Command));
            Assert.Distinct(definition.Commands.Select(static command => command.Name));
        });

    [Fact]
    public void Steps_of_a_class_have_different_names() =>
        Assert.All(CommandRegistry.All, static definition => Assert.Distinct(definition.InterviewSteps.Select(static step => step.Name)));
}
