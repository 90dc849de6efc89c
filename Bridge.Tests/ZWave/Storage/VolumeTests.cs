using Bridge.ZWave.Storage;
using Xunit;

namespace Bridge.Tests.ZWave.Storage;

/// <summary>Folders that are empty after the next start are known by the table of mounts.</summary>
public sealed class VolumeTests
{
    private const string Disk = "27 1 254:0 / / rw,relatime - ext4 /dev/mmcblk0p2 rw";
    private const string Memory = "30 27 0:27 / /var/lib rw shared:4 - tmpfs tmpfs rw,size=1024k";
    private const string Own = "31 30 254:1 /vol /var/lib/zw\\040bridge rw shared:5 master:2 - ext4 /dev/sda1 rw";

    private const string Container =
        "500 400 0:60 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A:B,upperdir=/var/lib/docker/overlay2/x/diff,workdir=/w";

    // a router: the changes are on flash
    private const string Flash = "20 1 0:10 / /overlay rw - jffs2 /dev/mtdblock5 rw";
    private const string Router = "21 1 0:11 / / rw - overlay overlayfs:/overlay rw,lowerdir=/,upperdir=/overlay/upper,workdir=/overlay/work";

    // a system on a card that is never written to: the changes are in memory
    private const string Changes = "20 1 0:10 / /overlay rw - tmpfs tmpfs rw";

    [Theory]
    [InlineData("/var/lib/zwbridge", Disk)]
    [InlineData("/var/lib/zw bridge/keys.json", Disk, Memory, Own)]
    [InlineData("/var/lib/zw bridge", Container, Own)]
    [InlineData("/home/pi", Disk, Memory)]
    [InlineData("/var/library", Disk, Memory)]
    [InlineData("/root", Flash, Router)]
    [InlineData("/root", "")]
    [InlineData("/root", "garbage", "1 2 - ", "- - - - - -")]
    public void Folder_on_a_disk_is_no_fault(string path, params string[] mounts) => Assert.Null(Volume.Fault(path, mounts));

    [Theory]
    [InlineData("/var/lib/zwbridge", "it is on /var/lib, which is kept in memory", Disk, Memory)]
    [InlineData("/var/lib/zw bridges", "it is on /var/lib, which is kept in memory", Disk, Memory, Own)]
    [InlineData("/data", "it is on /, which is an overlay: in a container it is lost with the container", Container)]
    [InlineData("/root", "it is on /, which is an overlay", Changes, Router)]
    public void Folder_that_will_be_empty_is_told(string path, string fault, params string[] mounts) =>
        Assert.StartsWith(fault, Volume.Fault(path, mounts), StringComparison.Ordinal);

    [Fact]
    public void What_is_mounted_last_at_a_place_counts()
    {
        const string over = "32 27 254:3 / /var/lib rw - ext4 /dev/sdb1 rw";
        Assert.Null(Volume.Fault("/var/lib/zwbridge", [Disk, Memory, over]));
        Assert.NotNull(Volume.Fault("/var/lib/zwbridge", [Disk, over, Memory]));
    }

    [Fact]
    public void This_machine_has_a_table_that_can_be_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only there is one");
        var lines = File.ReadAllLines("/proc/self/mountinfo");
        Assert.NotNull(Volume.Fault("/nowhere/zwbridge", [.. lines, "9 1 0:9 / /nowhere rw - tmpfs tmpfs rw"]));
        Assert.Null(Volume.Fault("/nowhere/zwbridge", [.. lines, "9 1 0:9 / /nowhere rw - ext4 /dev/sdz1 rw"]));
    }
}
