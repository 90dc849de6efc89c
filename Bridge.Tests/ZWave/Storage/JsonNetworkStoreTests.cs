using Bridge.Tests.Support;
using Bridge.ZWave.Network;
using Bridge.ZWave.Security;
using Bridge.ZWave.Storage;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Storage;

public sealed class JsonNetworkStoreTests : IDisposable
{
    private static readonly HomeId s_homeId = new(0xE85AC211);
    private readonly TemporaryFolder _folder = new();
    private readonly JsonNetworkStore _store;

    public JsonNetworkStoreTests() => _store = new(_folder.File("state"), TimeProvider.System, NullLogger.Instance);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Snapshot_is_the_same_after_writing_and_reading()
    {
        PropertyId property = new(new(0x32), "reading", 65536);
        NodeSnapshot node = new(new(4))
        {
            Protocol = new(true, false, true, false, 4, 0x10, 1),
            Interview = InterviewState.Complete,
            CompletedSteps = ["0/0x25/State"],
            FailedSteps = ["0/0x71/Supported"],
            IsSlow = true,
            ObservedEndpointOrder = "both-relay1-relay2",
            LastSeen = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(1)),
            Endpoints = [new(new(0), 0x10, 1, new Dictionary<CommandClassId, byte> { [new(0x25)] = 2, [new(0xF100)] = 0 }, [new(0x20)])],
            Values =
            [
                new(new(1), property, Value.OfDecimal(-1533, 2), new("Energy") { Unit = "kWh", Minimum = 0, Maximum = 4294967295m, States = new Dictionary<long, string> { [-1] = "x" } }),
                new(new(0), property with { Key = 0 }, Value.Of(true), new("State") { IsWriteable = true, IsReadable = false }),
                new(new(0), property with { Name = "a" }, Value.Of(long.MinValue), null),
                new(new(0), property with { Name = "b" }, Value.Of("Größe \"1\""), null),
                new(new(0), property with { Name = "c" }, Value.Of([0x00, 0xFF]), null),
                new(new(0), property with { Name = "d" }, Value.Of(new[] { 0, 2, 4 }), null),
                new(new(0), property with { Name = "e" }, Value.Unknown, new("Unknown")),
            ],
        };
        await _store.SaveAsync(new(s_homeId, [node]), CancellationToken.None);
        var loaded = Assert.Single((await _store.LoadAsync(s_homeId, CancellationToken.None))!.Nodes);
        Assert.Equivalent(node with { Values = [] }, loaded with { Values = [] }, strict: true);
        Assert.Equal(node.Values.Select(static value => (value.Endpoint, value.Property, value.Value)), loaded.Values.Select(static value => (value.Endpoint, value.Property, value.Value)));
        Assert.Equivalent(node.Values.Select(static value => value.Metadata), loaded.Values.Select(static value => value.Metadata), strict: true);
    }

    [Fact]
    public async Task Keys_a_node_was_given_are_remembered_by_name_and_unknown_ones_not_at_all()
    {
        NodeSnapshot[] nodes =
        [
            new(new(4)) { GrantedClasses = SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S0), SecureClasses = new HashSet<CommandClassId> { new(0x25) } },
            new(new(5)) { GrantedClasses = SecurityClasses.None, IsHidden = true },
            new(new(6)),
        ];
        await _store.SaveAsync(new(s_homeId, nodes), CancellationToken.None);
        var text = await File.ReadAllTextAsync(_store.FileOf(s_homeId));
        Assert.Equal(2, text.Split("\"security\"").Length - 1);
        Assert.Contains("S2_Authenticated", text, StringComparison.Ordinal);
        var loaded = (await _store.LoadAsync(s_homeId, CancellationToken.None))!.Nodes;
        Assert.Equal(nodes.Select(static node => node.GrantedClasses), loaded.Select(static node => node.GrantedClasses));
        Assert.Equal([false, true, false], loaded.Select(static node => node.IsHidden));
        Assert.Equal([new(0x25)], loaded[0].SecureClasses);
        Assert.Null(loaded[1].SecureClasses);
    }

    [Fact]
    public async Task Network_nobody_remembers_is_null() => Assert.Null(await _store.LoadAsync(s_homeId, CancellationToken.None));

    [Theory]
    [InlineData("")]
    [InlineData("{\"schemaVersion\": 1, \"homeId\": \"E85A")]
    [InlineData("{\"schemaVersion\": 2}")]
    [InlineData("{\"schemaVersion\": 1, \"homeId\": \"00000001\", \"nodes\": []}")]
    [InlineData("{\"schemaVersion\": 1, \"homeId\": \"E85AC211\", \"nodes\": [{\"id\": \"four\"}]}")]
    [InlineData("{\"schemaVersion\": 1, \"homeId\": \"E85AC211\", \"nodes\": [{\"id\": 4, \"security\": [\"S3\"]}]}")]
    [InlineData("[]")]
    public async Task File_that_cannot_be_read_is_set_aside_whole_and_is_not_fatal(string content)
    {
        Directory.CreateDirectory(_folder.File("state"));
        await File.WriteAllTextAsync(_store.FileOf(s_homeId), content);
        Assert.Null(await _store.LoadAsync(s_homeId, CancellationToken.None));
        Assert.False(File.Exists(_store.FileOf(s_homeId)));
        Assert.Equal(content, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.File("state"), "*.corrupt-*"))));
    }

    [Fact]
    public async Task Writing_leaves_no_temporary_file_and_replaces_the_old_one()
    {
        await _store.SaveAsync(new(s_homeId, [new(new NodeId(2))]), CancellationToken.None);
        await _store.SaveAsync(new(s_homeId, []), CancellationToken.None);
        Assert.Empty((await _store.LoadAsync(s_homeId, CancellationToken.None))!.Nodes);
        Assert.Equal([_store.FileOf(s_homeId)], Directory.GetFiles(_folder.File("state")));
    }
}
