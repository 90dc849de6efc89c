using System.Runtime.Versioning;
using Bridge.Tests.Support;
using Bridge.ZWave.Serial;
using Xunit;

namespace Bridge.Tests.ZWave.Serial;

public sealed class SerialPortFaultTests
{
    private const string Device = "/dev/ttyACM0";
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly SerialPortFault _fault = new(Device, new SerialPortList("/nowhere"));

    [Fact]
    public void Denied_tells_owner_group_mode_user_groups_and_the_group_to_join()
    {
        var file = new FileOwnership(new(0, "root"), new(20, "dialout"), OwnerAndGroup);
        var self = new ProcessIdentity(new(1000, "bridge"), [new(1000, "bridge"), new(44, null)]);
        Assert.Equal(
            "the serial port /dev/ttyACM0 may not be opened by this user: it belongs to root (0), group dialout (20), mode rw-rw----; "
            + "this program runs as user bridge (1000), groups bridge (1000), 44. "
            + "Add the user to the group dialout (sudo usermod -aG dialout <user>, then log in again; docker: --group-add dialout).",
            _fault.Denied(Device, file, self));
    }

    [Fact]
    public void Denied_names_the_number_of_a_group_this_container_does_not_know()
    {
        var file = new FileOwnership(new(0, "root"), new(986, null), OwnerAndGroup);
        Assert.Contains("docker: --group-add 986", _fault.Denied(Device, file, null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(0, OwnerAndGroup)]
    public void Denied_does_not_advise_a_group_that_would_not_help_or_is_the_superuser_s(uint group, UnixFileMode mode)
    {
        var file = new FileOwnership(new(0, "root"), new(group, "wheel"), mode);
        Assert.Contains("to the group dialout", _fault.Denied(Device, file, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Busy_names_the_programs_that_are_visible() =>
        Assert.Equal(
            "the serial port /dev/ttyACM0 is in use by node (process 12), ModemManager (process 7); "
            + "only one program can talk to a stick. Stop the other one first.",
            _fault.Busy(Device, ["node (process 12)", "ModemManager (process 7)"]));

    [Theory]
    [InlineData(2, "is not there")]
    [InlineData(19, "is not there")]
    [InlineData(6, "is not there")]
    [InlineData(13, "may not be opened by this user")]
    [InlineData(1, "may not be used by this container")]
    [InlineData(16, "is in use by")]
    [InlineData(25, "is not a serial port")]
    [InlineData(5, "cannot be opened")]
    public void Every_error_number_of_the_system_has_its_words(int number, string words)
    {
        // as the library reports it: the number is in the inner exception
        var refusal = new UnauthorizedAccessException("Access to the port is denied.", new IOException("system text", number));
        var fault = _fault.From(Device, refusal);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Same(refusal, fault.InnerException);
    }

    [Fact]
    public void A_refusal_without_a_number_is_a_port_in_use_as_other_systems_report_it() => Assert.Contains(
        "is in use by another program", _fault.From("COM3", new UnauthorizedAccessException("denied")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_port_of_another_system_is_not_there() =>
        Assert.Contains("is not there", _fault.From("COM3", new FileNotFoundException("no COM3")).Message, StringComparison.Ordinal);

    [Fact]
    [SupportedOSPlatform("linux")]
    public void The_owner_and_mode_of_a_file_are_read_from_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        File.SetUnixFileMode(folder["file"], UnixFileMode.UserRead | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute);
        var file = FileOwnership.Of(folder["file"]);
        Assert.Equal(ProcessIdentity.Current()?.User, file?.Owner);
        Assert.EndsWith("mode r---w---x", file?.ToString(), StringComparison.Ordinal);
        Assert.Null(FileOwnership.Of(folder["missing"]));
    }

    [Fact]
    public void The_user_of_a_process_is_the_effective_one_and_its_groups_are_listed_once()
    {
        var self = ProcessIdentity.Parse(
        [
            "Name:\tzwbridge",
            "Uid:\t4000001\t4000002\t4000002\t4000002",
            "Gid:\t7\t4000003\t7\t7",
            "Groups:\t4000003 4000004 ",
        ]);
        Assert.Equal(4000002u, self?.User.Id);
        Assert.Equal([4000003u, 4000004u], self?.Groups.Select(group => group.Id));
    }

    [Fact]
    public void A_status_without_the_lines_is_no_identity() => Assert.Null(ProcessIdentity.Parse(["Name:\tx", "Uid:\t0"]));
}
