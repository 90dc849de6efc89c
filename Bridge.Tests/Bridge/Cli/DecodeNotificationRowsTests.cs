using Xunit;

namespace Bridge.Tests.Cli;

/// <summary>Every command of Notification, Protection, Indicator and Application Status.</summary>
public sealed class DecodeNotificationRowsTests
{
    [Theory]
    [InlineData("71 04 08", "{v1AlarmType:8}", "!notificationType !event")]
    [InlineData("71 04 00 08", "{v1AlarmType:0,notificationType:8}", "!event")]
    [InlineData("71 04 00 FF 00", "{v1AlarmType:0,notificationType:255,event:0}")]
    public Task Notification_Get_tells_what_is_asked_for(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData(
        "71 05 08 FF",
        "{v1AlarmType:8,v1AlarmLevel:255}",
        "!notificationStatus !notificationType !event !eventParameters !sequenceNumber")]
    [InlineData(
        "71 05 08 FF 00",
        "{v1AlarmType:8,v1AlarmLevel:255}",
        "!notificationStatus !notificationType !event !eventParameters !sequenceNumber")]
    [InlineData(
        "71 05 08 FF 00 FF 08 08",
        "{v1AlarmType:8,v1AlarmLevel:255}",
        "!notificationStatus !notificationType !event !eventParameters !sequenceNumber")] // six bytes are version 1
    [InlineData(
        "71 05 00 00 00 FF 08 08 00",
        "{v1AlarmType:0,v1AlarmLevel:0,notificationStatus:255,notificationType:8,event:8,eventParameters:''}",
        "!sequenceNumber")]
    [InlineData(
        "71 05 00 00 00 FF 08 00 01 08",
        "{notificationStatus:255,notificationType:8,event:0,eventParameters:'08'}",
        "!sequenceNumber")]
    [InlineData("71 05 00 00 00 FF 08 08 80 2A", "{notificationType:8,event:8,eventParameters:'',sequenceNumber:42}")]
    [InlineData(
        "71 05 00 00 00 00 09 03 82 AB 02 2A",
        "{notificationStatus:0,notificationType:9,event:3,eventParameters:'ab02',sequenceNumber:42}")]
    [InlineData("71 05 00 00 00 FF 08 08 80", "{event:8,eventParameters:''}", "!sequenceNumber")] // announced, but not there
    [InlineData("71 05 00 00 00 FE 00 00 00", "{notificationStatus:254,notificationType:0,event:0,eventParameters:''}")]
    public Task Notification_Report_tells_an_alarm_or_an_event(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("71 06 08 FF", "{notificationType:8,notificationStatus:255}")]
    [InlineData("71 07", "{}")]
    [InlineData("71 08 02 00 01", "{v1Alarm:false,notificationTypes:[8]}")]
    [InlineData("71 08 81 12", "{v1Alarm:true,notificationTypes:[1,4]}")]
    [InlineData("71 01 08", "{notificationType:8}")]
    [InlineData("71 02 08 02 C0 01", "{notificationType:8,events:[6,7,8]}")]
    [InlineData("71 02 05 00", "{notificationType:5,events:[]}")]
    public Task Notification_tells_what_is_supported_and_sent(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("75 01 02", "{localProtectionState:2}", "!rfProtectionState")]
    [InlineData("75 01 02 01", "{localProtectionState:2,rfProtectionState:1}")]
    [InlineData("75 02", "{}")]
    [InlineData("75 03 02", "{localProtectionState:2}", "!rfProtectionState")]
    [InlineData("75 03 F1 F2", "{localProtectionState:1,rfProtectionState:2}")] // the upper bits are reserved
    [InlineData("75 04", "{}")]
    [InlineData("75 05 03 07 00 03 00", "{timeout:true,exclusiveControl:true,localProtectionStates:[0,1,2],rfProtectionStates:[0,1]}")]
    [InlineData("75 05 02 01 01 00 00", "{timeout:false,exclusiveControl:true,localProtectionStates:[0,8],rfProtectionStates:[]}")]
    [InlineData("75 06 05", "{nodeId:5}")]
    [InlineData("75 07", "{}")]
    [InlineData("75 08 00", "{nodeId:0}")]
    [InlineData("75 09 3C", "{timeout:60}")]
    [InlineData("75 0A", "{}")]
    [InlineData("75 0B FF", "{timeout:255}")]
    public Task Protection_tells_states_and_limits(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("87 01 FF", "{indicator0Value:255}", "!indicatorObjects")]
    [InlineData(
        "87 01 00 03 50 03 08 50 04 03 50 05 06",
        "{indicator0Value:0,indicatorObjects:[{indicatorId:80,propertyId:3,value:8},{indicatorId:80,propertyId:4,value:3},"
        + "{indicatorId:80,propertyId:5,value:6}]}")]
    [InlineData("87 02", "{}", "!indicatorId")]
    [InlineData("87 02 50", "{indicatorId:80}")]
    [InlineData("87 03 63", "{indicator0Value:99}", "!indicatorObjects")]
    [InlineData("87 03 00 E1 50 02 FF", "{indicator0Value:0,indicatorObjects:[{indicatorId:80,propertyId:2,value:255}]}")]
    [InlineData("87 04 00", "{indicatorId:0}")]
    [InlineData("87 05 50 00 01 38", "{indicatorId:80,nextIndicatorId:0,supportedProperties:[3,4,5]}")]
    [InlineData("87 05 43 50 02 02 02", "{indicatorId:67,nextIndicatorId:80,supportedProperties:[1,9]}")]
    [InlineData("87 05 00 00 00", "{indicatorId:0,nextIndicatorId:0,supportedProperties:[]}")]
    [InlineData("87 06 80", "{indicatorId:128}")]
    [InlineData("87 07 80 03 4C 45 44", "{indicatorId:128,description:'LED'}")]
    public Task Indicator_tells_values_and_properties(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);

    [Theory]
    [InlineData("22 01 01 05", "{status:1,waitTime:5}")]
    [InlineData("22 02 00", "{status:0}")]
    public Task Application_Status_tells_why_not_now(string hex, string fields, string absent = "") =>
        DecodeRow.Command(hex, fields, absent);
}
