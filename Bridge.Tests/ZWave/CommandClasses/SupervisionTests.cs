using Bridge.Tests.Support;
using Bridge.Tests.ZWave.Encapsulation;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class SupervisionTests
{
    [Theory]
    [InlineData("6C 01 81 03 25 01 FF", true, 1)]
    [InlineData("6C 01 03 03 25 01 FF", false, 3)]
    [InlineData("6C 01 BF 03 25 01 FF", true, 63)]
    public void SupervisionGet_carries_session_and_command(string hex, bool statusUpdates, byte session)
    {
        var command = WireAssert.Decode<SupervisionGet>(hex);
        Assert.Equal((statusUpdates, session), (command.StatusUpdates, command.SessionId));
        Assert.Equal("25 01 FF", Hex.Spaced(command.Command.Span));
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(command, CodecContext.Newest)));
    }

    [Fact]
    public void SupervisionGet_reserved_bit_is_ignored() =>
        // 41 = reserved bit 6, session 1
        Assert.Equal(1, WireAssert.Decode<SupervisionGet>("6C 01 41 03 25 01 FF").SessionId);

    [Fact]
    public void SupervisionGet_bytes_after_the_command_are_ignored() =>
        Assert.Equal("25 01 FF", Hex.Spaced(WireAssert.Decode<SupervisionGet>("6C 01 01 03 25 01 FF A5").Command.Span));

    [Theory]
    [InlineData("6C 01 81 04 25 01 FF")] // four bytes announced, three there
    [InlineData("6C 01 81 00")] // no command at all
    [InlineData("6C 01 81")]
    [InlineData("6C 01")]
    public void SupervisionGet_with_a_missing_command_is_truncated(string hex) => WireAssert.Refused(hex, DecodeError.Truncated);

    [Fact]
    public void SupervisionReport_of_a_command_at_work_tells_the_time_left() =>
        // 81 = more updates, session 1; 01 working; 05 five seconds
        WireAssert.Command(
            "6C 02 81 01 05",
            new SupervisionReport(1, SupervisionStatus.Working, new Duration(5), MoreStatusUpdates: true),
            ignoresTrailing: true);

    [Theory]
    [InlineData("6C 02 01 FF 00", SupervisionStatus.Success)]
    [InlineData("6C 02 01 00 00", SupervisionStatus.NoSupport)]
    [InlineData("6C 02 01 02 00", SupervisionStatus.Fail)]
    [InlineData("6C 02 01 03 00", SupervisionStatus.Busy)]
    public void SupervisionReport_tells_the_outcome(string hex, SupervisionStatus status) =>
        WireAssert.Command(hex, new SupervisionReport(1, status));

    [Fact]
    public void SupervisionReport_asks_for_a_wake_up_since_version_2()
    {
        WireAssert.Command("6C 02 41 FF 00", new SupervisionReport(1, SupervisionStatus.Success, WakeUpRequest: true), version: 2);
        Assert.Equal(
            "6C 02 01 FF 00",
            Hex.Spaced(CommandCodec.Encode(new SupervisionReport(1, SupervisionStatus.Success, WakeUpRequest: true), new(1))));
    }

    [Fact]
    public void SupervisionReport_without_its_fields_is_truncated() => WireAssert.TruncatedBelow("6C 02 01 FF 00", required: 3);

    [Theory]
    [InlineData(
        "6C 01 81 03 25 01 FF", "statusUpdates=true sessionId=1 encapsulatedCommandLength=3 encapsulated={targetValue=255 state='on'}")]
    [InlineData("6C 02 81 01 05", "moreStatusUpdates=true wakeUpRequest=false sessionId=1 status=1 duration=5 durationSeconds=5")]
    [InlineData("6C 02 01 FF FE", "moreStatusUpdates=false wakeUpRequest=false sessionId=1 status=255 duration=254")]
    [InlineData("6C 01 81 02 25 01", "Truncated")]
    public void Supervision_commands_are_described(string hex, string fields) => Assert.Equal(fields, FieldText.OrErrorOf(hex));
}
