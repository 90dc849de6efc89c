using Bridge.Options;
using Xunit;

namespace Bridge.Tests.Hosting;

public sealed class UserFoldersTests
{
    private static readonly StorageOptions s_storage = new() { Directory = "/var/lib/zwbridge" };

    [Fact]
    public void Own_files_are_below_the_storage_directory() =>
        Assert.Equal(new("/var/lib/zwbridge/devices", "/var/lib/zwbridge/discovery-templates"), UserFolders.Of(s_storage, new(), new()));

    [Fact]
    public void Folders_that_are_set_win() =>
        Assert.Equal(new("/d", "/t"), UserFolders.Of(s_storage, new() { Directory = "/d" }, new() { TemplatesDirectory = "/t" }));
}
