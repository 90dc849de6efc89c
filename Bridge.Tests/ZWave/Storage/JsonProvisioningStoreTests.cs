using Bridge.Tests.Support;
using Bridge.ZWave.Inclusion;
using Bridge.ZWave.Security;
using Bridge.ZWave.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Bridge.Tests.ZWave.Storage;

public sealed class JsonProvisioningStoreTests : IDisposable
{
    private const string DskText = "34028-23669-20938-46346-33746-07431-56821-14553";
    private readonly TemporaryFolder _folder = new();
    private readonly JsonProvisioningStore _store;

    public JsonProvisioningStoreTests() => _store = new(_folder.File("state"), TimeProvider.System, NullLogger.Instance);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_list_is_the_same_after_writing_and_reading()
    {
        Assert.True(Dsk.TryParse(DskText, out var dsk));
        Assert.True(Dsk.TryParse(DskText[..^1] + "4", out var other));
        ProvisioningEntry[] entries =
        [
            new(dsk, SecurityClasses.Of(SecurityClass.S2Authenticated, SecurityClass.S2Unauthenticated), "Heizung \"unten\""),
            new(other, SecurityClasses.None, null) { State = ProvisioningState.Included, Node = new(261) },
        ];
        _store.Save(entries);
        Assert.Equal(entries, _store.Load());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.File));
    }

    [Fact]
    public void No_file_is_an_empty_list() => Assert.Empty(_store.Load());

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schemaVersion\":2,\"entries\":[]}")]
    [InlineData("{\"schemaVersion\":1}")]
    [InlineData("{\"schemaVersion\":1,\"entries\":[{\"dsk\":\"12345\"}]}")]
    [InlineData("{\"schemaVersion\":1,\"entries\":[{\"dsk\":5}]}")]
    [InlineData("{\"schemaVersion\":1,\"entries\":[{\"dsk\":\"" + DskText + "\",\"classes\":[\"S3\"]}]}")]
    [InlineData("{\"schemaVersion\":1,\"entries\":[{\"dsk\":\"" + DskText + "\",\"node\":\"x\"}]}")]
    public void A_file_that_cannot_be_read_is_set_aside_whole(string content)
    {
        Directory.CreateDirectory(_folder.File("state"));
        File.WriteAllText(_store.File, content);
        Assert.Empty(_store.Load());
        Assert.False(File.Exists(_store.File));
        Assert.Equal(content, File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.File("state"), "*.corrupt-*"))));
    }
}
