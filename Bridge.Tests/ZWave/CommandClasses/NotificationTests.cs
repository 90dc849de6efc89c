using Bridge.Tests.Support;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;
using Xunit;

namespace Bridge.Tests.ZWave.CommandClasses;

public sealed class NotificationTests
{
    [Fact]
    public void NotificationGet_of_version_1_asks_for_an_alarm_type() =>
        // alarm type 8
        WireAssert.Command("71 04 08", new NotificationGet(8), version: 1);

    [Fact]
    public void NotificationGet_of_version_2_asks_for_a_notification_type() =>
        // no alarm type, notification type 8
        WireAssert.Command("71 04 00 08", new NotificationGet(0, 8), version: 2);

    [Fact]
    public void NotificationGet_of_version_3_asks_for_an_event() =>
        // no alarm type, notification type 8, event 0
        WireAssert.Command("71 04 00 08 00", new NotificationGet(0, 8, 0), version: 3, ignoresTrailing: true);

    [Theory]
    [InlineData(1, "71 04 00")]
    [InlineData(2, "71 04 00 08")]
    [InlineData(3, "71 04 00 08 06")]
    public void NotificationGet_leaves_out_what_the_node_does_not_know(byte version, string hex) =>
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(new NotificationGet(0, 8, 6), new(version))));

    [Fact]
    public void NotificationReport_of_version_1_is_type_and_level()
    {
        // alarm type 8, level FF
        WireAssert.Command("71 05 08 FF", new NotificationReport(8, 0xFF), version: 1);
    }

    [Theory]
    [InlineData("71 05 08 FF 00")]
    [InlineData("71 05 08 FF 00 FF")]
    [InlineData("71 05 08 FF 00 FF 08")]
    [InlineData("71 05 08 FF 00 FF 08 08")]
    public void NotificationReport_without_a_complete_version_2_part_is_read_as_version_1(string hex) =>
        Assert.Equal(new NotificationReport(8, 0xFF), WireAssert.Decode<NotificationReport>(hex));

    [Fact]
    public void NotificationReport_tells_status_type_and_event()
    {
        // status FF, type 8, event 8 (over-load), no parameters
        var report = WireAssert.RoundTrip<NotificationReport>("71 05 00 00 00 FF 08 08 00", ignoresTrailing: true);
        Assert.Equal<byte?>([0xFF, 8, 8], [report.NotificationStatus, report.NotificationType, report.Event]);
        Assert.Equal([], report.EventParameters!);
        Assert.Null(report.SequenceNumber);
    }

    [Fact]
    public void NotificationReport_may_end_in_a_sequence_number()
    {
        // bit 7: sequence number 2A follows
        var report = WireAssert.RoundTrip<NotificationReport>("71 05 00 00 00 FF 08 08 80 2A", ignoresTrailing: true);
        Assert.Equal((byte)0x2A, report.SequenceNumber);
    }

    [Fact]
    public void NotificationReport_carries_event_parameters_before_the_sequence_number()
    {
        // system hardware failure with code DE AD, sequence number 07
        var report = WireAssert.RoundTrip<NotificationReport>("71 05 00 00 00 FF 09 03 82 DE AD 07");
        Assert.Equal([0xDE, 0xAD], report.EventParameters!);
        Assert.Equal((byte)0x07, report.SequenceNumber);
    }

    [Fact]
    public void NotificationReport_reserved_bits_of_the_length_are_ignored()
    {
        // bits 6..5 set, one parameter
        var report = WireAssert.Decode<NotificationReport>("71 05 00 00 00 FF 08 00 61 08");
        Assert.Equal([0x08], report.EventParameters!);
    }

    [Fact]
    public void NotificationReport_that_lost_its_sequence_number_is_still_a_report() =>
        Assert.Null(WireAssert.Decode<NotificationReport>("71 05 00 00 00 FF 08 08 80").SequenceNumber);

    [Fact]
    public void NotificationReport_with_fewer_parameters_than_announced_is_truncated() =>
        WireAssert.Refused("71 05 00 00 00 FF 08 00 02 08", DecodeError.Truncated);

    [Theory]
    [InlineData(1, "71 05 00 00")]
    [InlineData(2, "71 05 00 00 11 FF 08 00 01 08")]
    [InlineData(3, "71 05 00 00 00 FF 08 00 81 08 2A")]
    public void NotificationReport_is_sent_in_the_form_of_the_receivers_version(byte version, string hex)
    {
        // Zensor net node 11 exists in V2 only, the sequence number 2A since V3
        var report = new NotificationReport(0, 0, 0xFF, 8, 0, [0x08], 0x2A) { ZensorNetSourceNodeId = 0x11 };
        Assert.Equal(hex, Hex.Spaced(CommandCodec.Encode(report, new(version))));
    }

    [Fact]
    public void NotificationReport_of_a_zensor_net_gateway_keeps_the_detectors_node() =>
        Assert.Equal(0x11, WireAssert.RoundTrip<NotificationReport>("71 05 00 00 11 FF 01 01 00", version: 2).ZensorNetSourceNodeId);

    [Fact]
    public void NotificationReport_sends_at_most_the_31_parameters_the_length_can_count()
    {
        var report = new NotificationReport(0, 0, 0xFF, 9, 3, new byte[40]);
        var decoded = WireAssert.Decode<NotificationReport>(CommandCodec.Encode(report, CodecContext.Newest));
        Assert.Equal(31, decoded.EventParameters!.Length);
    }

    [Fact]
    public void NotificationSet_switches_the_reports_of_a_type_on() =>
        // type 8, status FF
        WireAssert.Command("71 06 08 FF", new NotificationSet(8, NotificationSet.Enabled), ignoresTrailing: true);

    [Fact]
    public void NotificationSupportedGet_has_no_parameters() =>
        WireAssert.Command("71 07", new NotificationSupportedGet(), ignoresTrailing: true);

    [Fact]
    public void NotificationSupportedReport_lists_types_by_bit()
    {
        // two mask bytes, bit 8
        var report = WireAssert.RoundTrip<NotificationSupportedReport>("71 08 02 00 01", ignoresTrailing: true);
        Assert.Equal([8], report.NotificationTypes);
        Assert.False(report.ReportsV1Alarms);
    }

    [Fact]
    public void NotificationSupportedReport_tells_of_version_1_alarms()
    {
        // bit 7: V1 alarms as well; mask byte: types 1 and 4
        var report = WireAssert.RoundTrip<NotificationSupportedReport>("71 08 81 12");
        Assert.True(report.ReportsV1Alarms);
        Assert.Equal([1, 4], report.NotificationTypes);
    }

    [Fact]
    public void NotificationSupportedReport_bit_0_is_no_type() =>
        Assert.Equal([1], WireAssert.Decode<NotificationSupportedReport>("71 08 01 03").NotificationTypes);

    [Fact]
    public void NotificationSupportedReport_with_less_mask_than_announced_is_truncated() =>
        WireAssert.Refused("71 08 02 00", DecodeError.Truncated);

    [Fact]
    public void NotificationEventSupportedGet_names_a_type() =>
        WireAssert.Command("71 01 08", new NotificationEventSupportedGet(8), ignoresTrailing: true);

    [Fact]
    public void NotificationEventSupportedReport_lists_events_by_bit()
    {
        // type 8, two mask bytes, bits 6 7 8
        var report = WireAssert.RoundTrip<NotificationEventSupportedReport>("71 02 08 02 C0 01", ignoresTrailing: true);
        Assert.Equal(8, report.NotificationType);
        Assert.Equal([6, 7, 8], report.Events);
    }

    [Fact]
    public void NotificationEventSupportedReport_without_a_mask_means_the_type_is_unsupported() =>
        Assert.Empty(WireAssert.RoundTrip<NotificationEventSupportedReport>("71 02 08 00").Events);

    [Fact]
    public void NotificationEventSupportedReport_with_less_mask_than_announced_is_truncated() =>
        WireAssert.Refused("71 02 08 02 C0", DecodeError.Truncated);

    [Theory]
    [InlineData("71 01 08", 1)]
    [InlineData("71 02 08 00", 2)]
    [InlineData("71 04 08", 1)]
    [InlineData("71 05 08 FF", 2)]
    [InlineData("71 06 08 FF", 2)]
    [InlineData("71 08 00", 1)]
    public void Notification_commands_without_their_first_fields_are_truncated(string hex, int required) =>
        WireAssert.TruncatedBelow(hex, required);

    [Theory]
    [InlineData("71 01 08", "notificationType=8")]
    [InlineData("71 02 08 02 C0 01", "notificationType=8 events=[6,7,8]")]
    [InlineData("71 04 08", "v1AlarmType=8")]
    [InlineData("71 04 00 08", "v1AlarmType=0 notificationType=8")]
    [InlineData("71 04 00 FF 00", "v1AlarmType=0 notificationType=255 event=0")]
    [InlineData("71 05 08 FF", "v1AlarmType=8 v1AlarmLevel=255")]
    [InlineData("71 05 00 00 00 FF 08 08 80 2A", "v1AlarmType=0 v1AlarmLevel=0 notificationStatus=255 notificationType=8 event=8 eventParameters=0x sequenceNumber=42")]
    [InlineData("71 05 00 00 00 FF 08 00 01 08", "v1AlarmType=0 v1AlarmLevel=0 notificationStatus=255 notificationType=8 event=0 eventParameters=0x08")]
    [InlineData("71 06 08 FF", "notificationType=8 notificationStatus=255")]
    [InlineData("71 07", "")]
    [InlineData("71 08 82 00 01", "v1Alarm=true notificationTypes=[8]")]
    public void Notification_fields_are_named_as_documented(string hex, string fields) => Assert.Equal(fields, FieldText.Of(hex));
}
