using Bridge.Tests.Support;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.Hosting;

public sealed class RememberedNetworksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Network_whose_file_was_written_last_is_the_one()
    {
        Write("network-C0DE2026.json", day: 2);
        Write("network-E1A2B3C4.json", day: 3);
        Write("network-00000017.json", day: 1);
        Assert.Equal(new HomeId(0xE1A2B3C4), RememberedNetworks.Last(_folder.Path));
    }

    [Fact]
    public void Other_files_are_no_networks()
    {
        Write("network-C0DE2026.json.corrupt-20260131T120000Z", day: 3);
        Write("network-123.json", day: 4);
        Write("nodes-c0de2026.json", day: 5);
        Assert.Null(RememberedNetworks.Last(_folder.Path));
    }

    [Fact]
    public void Without_the_folder_there_is_none() => Assert.Null(RememberedNetworks.Last(_folder["nowhere"]));

    private void Write(string name, int day)
    {
        File.WriteAllText(_folder[name], "{}");
        File.SetLastWriteTimeUtc(_folder[name], new DateTime(2026, 1, day, 0, 0, 0, DateTimeKind.Utc));
    }
}
