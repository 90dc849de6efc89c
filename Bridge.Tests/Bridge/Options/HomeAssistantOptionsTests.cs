using Bridge.Options;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Bridge.Tests.Options;

public sealed class HomeAssistantOptionsTests
{
    [Fact]
    public void Defaults_are_accepted() => Assert.Empty(Faults(new()));

    [Theory]
    [InlineData("homeassistant", "homeassistant")]
    [InlineData("homeassistant", "homeassistant/zwave")]
    [InlineData("zwave/discovery", "zwave")]
    public void Prefix_and_base_topic_must_not_overlap(string prefix, string baseTopic)
    {
        var fault = Assert.Single(Faults(new() { Prefix = prefix }, baseTopic));
        Assert.StartsWith("HomeAssistant:Prefix: ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Topics_that_only_begin_alike_do_not_overlap() => Assert.Empty(Faults(new() { Prefix = "home" }, "homezwave"));

    [Fact]
    public void Every_fault_is_told_at_once() => Assert.Equal(
        ["HomeAssistant:Prefix", "HomeAssistant:StatusTopic", "HomeAssistant:BirthPayload", "HomeAssistant:TemplatesDirectory"],
        Faults(new() { Prefix = "", StatusTopic = "a/#", BirthPayload = " ", TemplatesDirectory = "/nowhere/at/all" })
            .Select(static fault => fault.Split(": ")[0]));

    [Fact]
    public void Folder_of_device_files_must_exist()
    {
        var validator = new DevicesOptionsValidator();
        Assert.True(validator.Validate(null, new()).Succeeded);
        Assert.StartsWith("Devices:Directory: '/nowhere/at/all'",
            Assert.Single(validator.Validate(null, new() { Directory = "/nowhere/at/all" }).Failures!), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Faults(HomeAssistantOptions options, string? baseTopic = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Mqtt:BaseTopic"] = baseTopic }).Build();
        return new HomeAssistantOptionsValidator(configuration).Validate(null, options).Failures ?? [];
    }
}
