using Bridge.Naming;
using Bridge.Tests.Mqtt;
using Bridge.Tests.Support;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Naming;

public sealed class NodeDirectoryTests : IDisposable
{
    private static readonly HomeId s_home = new(0xE1A2B3C4);
    private static readonly NodeId s_four = new(4);
    private static readonly NodeId s_five = new(5);

    private readonly TemporaryFolder _folder = new();
    private readonly CollectedLog _log = new();

    private string FilePath => _folder["nodes-e1a2b3c4.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Node_nobody_named_is_called_by_its_number()
    {
        var entry = Load().Find(s_four);
        Assert.Equal(("node_4", null, "Node 4"), (entry.Topic, entry.Name, entry.DisplayName));
    }

    [Theory]
    [InlineData("boiler")]
    [InlineData("BOILER")]
    [InlineData("big heater")]
    [InlineData("4")]
    [InlineData("node_4")]
    [InlineData(" Node_4 ")]
    public void Node_is_found_by_topic_name_number_and_node_number(string text)
    {
        var directory = Load();
        Assert.Null(directory.TryReplace(new(s_four, "boiler") { Name = "Big heater" }));
        Assert.Equal(s_four, directory.Resolve(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lamp")]
    [InlineData("node_x")]
    [InlineData("0")]
    [InlineData("240")]
    [InlineData("node_99999")]
    public void What_means_no_node_is_not_found(string text) => Assert.Null(Load().Resolve(text));

    [Theory]
    [InlineData("boiler", null, "'boiler' is node 4; free: 'boiler_5'")]
    [InlineData("BOILER", null, "'BOILER' is node 4; free: 'BOILER_5'")]
    [InlineData("Heater", null, "'Heater' is node 4; free: 'Heater_5'")]
    [InlineData("lamp", "heater", "'heater' is node 4; allowed: a name no other node has")]
    [InlineData("lamp", "boiler", "'boiler' is node 4; allowed: a name no other node has")]
    [InlineData("node_4", null, "'node_4' means another node; allowed: 'node_5', or anything that is not node_ and a number")]
    [InlineData("lamp", "4", "'4' is a number, which means a node by its id; allowed: anything else")]
    public void Name_or_topic_of_another_node_is_refused_with_what_is_free(string topic, string? name, string fault)
    {
        var directory = Load();
        Assert.Null(directory.TryReplace(new(s_four, "boiler") { Name = "Heater" }));
        Assert.Equal(fault, directory.TryReplace(new(s_five, topic) { Name = name }));
        Assert.Equal("node_5", directory.Find(s_five).Topic);
    }

    [Fact]
    public async Task Everything_is_remembered()
    {
        var directory = Load();
        var entry = new NodeEntry(s_four, "boiler")
        {
            Name = "Heater",
            Area = "Kitchen",
            Settings = new() { EndpointOrder = "reversed", MaximumPowerWatts = 2300.5m, FiltersMeters = false, PollSeconds = 60 },
        };
        Assert.Null(directory.TryReplace(entry));
        directory.Remember(s_five);
        await directory.FlushAsync();
        Assert.Equal([entry, new(s_five, "node_5")], Load().All);
    }

    [Fact]
    public async Task Removed_node_is_forgotten()
    {
        var directory = Load();
        directory.TryReplace(new(s_four, "boiler"));
        directory.Remove(s_four);
        await directory.FlushAsync();
        Assert.Empty(Load().All);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"schemaVersion\":9,\"nodes\":[]}")]
    [InlineData("{\"schemaVersion\":1,\"nodes\":[{\"id\":4000000}]}")]
    [InlineData("{\"schemaVersion\":1,\"nodes\":[{\"id\":4,\"topic\":{}}]}")]
    public void File_that_cannot_be_read_is_set_aside(string content)
    {
        File.WriteAllText(FilePath, content);
        Assert.Empty(Load().All);
        Assert.Equal(content, File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path, "*.corrupt-*"))));
        Assert.Contains("set aside", Assert.Single(_log.Lines).Replace("renamed", "set aside", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Topic_somebody_wrote_into_the_file_is_not_believed_when_it_is_illegal()
    {
        File.WriteAllText(FilePath, """{"schemaVersion":1,"nodes":[{"id":4,"topic":"a/#"},{"id":5,"topic":"node_4"},{"id":6,"topic":"lamp"},{"id":7,"topic":"Lamp"}]}""");
        Assert.Equal(["node_4", "node_5", "lamp", "node_7"], Load().All.Select(static entry => entry.Topic));
        Assert.Equal(3, _log.Lines.Count);
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_costs_a_log_line_and_nothing_else()
    {
        File.WriteAllText(_folder["file"], "");
        var directory = new NodeDirectory(_folder["file"], TimeProvider.System, _log);
        directory.Load(s_home);
        Assert.Null(directory.TryReplace(new(s_four, "boiler")));
        await directory.FlushAsync();
        Assert.Equal("boiler", directory.Find(s_four).Topic);
        Assert.Contains("could not be written", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_changes_leave_the_last_in_the_file()
    {
        var directory = Load();
        for (var number = 0; number < 200; number++) Assert.Null(directory.TryReplace(new(s_four, $"boiler_{number}")));
        await directory.FlushAsync();
        Assert.Equal("boiler_199", Load().Find(s_four).Topic);
    }

    [Fact]
    public void Replacing_is_told_with_before_and_after_and_not_when_nothing_changed()
    {
        var directory = Load();
        List<string> told = [];
        directory.Replaced += (before, after) => told.Add($"{before.Topic} {after.Topic}");
        directory.TryReplace(new(s_four, "boiler"));
        directory.TryReplace(new(s_four, "boiler"));
        directory.TryReplace(new(s_four, "a/b"));
        Assert.Equal(["node_4 boiler"], told);
    }

    private NodeDirectory Load()
    {
        var directory = new NodeDirectory(_folder.Path, TimeProvider.System, _log);
        directory.Load(s_home);
        return directory;
    }
}
