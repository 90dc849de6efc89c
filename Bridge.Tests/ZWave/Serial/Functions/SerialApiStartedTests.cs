using Bridge.Tests.Support;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.Serial.Functions;

public sealed class SerialApiStartedTests
{
    [Fact]
    public void SerialApiStarted_tells_why_and_what_the_module_supports()
    {
        // software reset, no watchdog, listening static controller, Long Range
        var request = SerialAssert.FromModule<SerialApiStartedRequest>(
            "01 0F 00 0A 07 00 01 02 07 05 5E 98 9F 6C 55 01 9D",
            "wakeUpReason=7 watchdogStarted=false listening=true genericDeviceClass=2 specificDeviceClass=7 "
            + "commandClasses=[94,152,159,108,85] supportsLongRange=true",
            required: 11);
        Assert.Equal(WakeUpReason.SoftwareReset, request.WakeUpReason);
    }

    [Fact]
    public void SerialApiStarted_without_protocols_says_nothing_of_long_range() =>
        // started by the watchdog; 20 controlled, F100 the security mark behind it
        SerialAssert.FromModule<SerialApiStartedRequest>(
            "01 0E 00 0A 03 00 01 02 07 05 5E EF 20 F1 00 99",
            "wakeUpReason=3 watchdogStarted=false listening=true genericDeviceClass=2 specificDeviceClass=7 "
            + "commandClasses=[94] controlledCommandClasses=[32,61696]",
            required: 11);

    [Fact]
    public void SerialApiStarted_tells_whether_the_watchdog_runs() =>
        Assert.True(SerialAssert.Payload<SerialApiStartedRequest>("05 01 01 02 07 00").WatchdogStarted);

    [Fact]
    public void SerialApiStarted_class_list_beyond_the_end_is_truncated() =>
        SerialAssert.Refused<SerialApiStartedRequest>("07 00 01 02 07 06 5E 98 9F 6C 55", DecodeError.Truncated);
}
