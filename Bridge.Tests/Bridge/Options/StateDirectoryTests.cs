using Bridge.Options;
using Xunit;

namespace Bridge.Tests.Options;

public sealed class StateDirectoryTests
{
    private static string? Find(string? ofUnit, string? ofUser, string home = "/home/alice") => StateDirectory.OfLinux(
        name => name switch { "STATE_DIRECTORY" => ofUnit, "XDG_STATE_HOME" => ofUser, _ => null }, home);

    [Fact]
    public void The_directory_systemd_made_for_the_unit_comes_first() =>
        Assert.Equal("/var/lib/zwbridge", Find("/var/lib/zwbridge", "/home/alice/state"));

    [Fact]
    public void Of_several_directories_of_a_unit_the_first_is_taken() => Assert.Equal("/var/lib/a", Find("/var/lib/a:/var/lib/b", null));

    [Fact]
    public void Then_comes_the_state_home_of_the_user() => Assert.Equal("/home/alice/state/zwbridge", Find(null, "/home/alice/state"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    // Not absolute: to be ignored.
    [InlineData("state")]
    public void Else_it_is_the_usual_place_in_the_home(string? ofUser) =>
        Assert.Equal("/home/alice/.local/state/zwbridge", Find("", ofUser));

    [Fact]
    public void A_user_without_a_home_has_none() => Assert.Null(Find(null, null, home: ""));
}
