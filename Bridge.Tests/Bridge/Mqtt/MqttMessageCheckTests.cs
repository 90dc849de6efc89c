using Bridge.Mqtt;
using Xunit;

namespace Bridge.Tests.Mqtt;

public sealed class MqttMessageCheckTests
{
    [Fact]
    public void Every_text_of_a_message_is_looked_at()
    {
        var message = new MqttMessage("a", default);
        Assert.Null(MqttMessageCheck.FaultOf(message with { ResponseTopic = "b", ContentType = "", UserProperties = [new("", "\U0001D11E")] }));
        Assert.Equal("response topic has a wildcard", MqttMessageCheck.FaultOf(message with { ResponseTopic = "b/#" }));
        Assert.Equal("content type has the character U+0000", MqttMessageCheck.FaultOf(message with { ContentType = "\0" }));
        Assert.Equal("user property has half a surrogate pair", MqttMessageCheck.FaultOf(message with { UserProperties = [new("a", "\uD834")] }));
        Assert.Equal("topic is longer than 65,535 bytes", MqttMessageCheck.FaultOf(new MqttMessage(new string('a', 65_536), default)));
        Assert.Contains("correlation", MqttMessageCheck.FaultOf(message with { CorrelationData = new byte[65_536] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/+/b", null)]
    [InlineData("#", null)]
    [InlineData("", "filter is empty")]
    [InlineData("a+", "filter has a wildcard that is not a whole level")]
    [InlineData("#/a", "filter has # before its end")]
    public void Filters_are_looked_at(string filter, string? fault) => Assert.Equal(fault, MqttMessageCheck.FaultOfFilter(filter));

    [Theory]
    // 1 + 1 fixed header, 2 + 1 topic, 1 properties: 6 beside the payload; the lengths grow at 128 and 16,384
    [InlineData(0, 6)]
    [InlineData(123, 129)]
    [InlineData(124, 131)]
    [InlineData(16_379, 16_386)]
    [InlineData(16_380, 16_388)]
    public void The_size_of_a_packet_counts_its_own_length(int payload, long size) =>
        Assert.Equal(size, MqttPacketSize.OfPublish(new MqttMessage("a", new byte[payload])));

    [Fact]
    public void The_size_of_a_packet_counts_every_property()
    {
        // 2 header, 4 topic, 2 identifier, 1 length of properties: 2 text, 5 expiry, 4 type, 5 response, 5 data, 1 + 3 + 4 user property
        var message = new MqttMessage("\u00E4", default)
        {
            QualityOfService = MqttQualityOfService.AtLeastOnce,
            IsText = true,
            ExpirySeconds = 1,
            ContentType = "t",
            ResponseTopic = "rr",
            CorrelationData = new byte[] { 1, 2 },
            UserProperties = [new("a", "bb")],
        };
        Assert.Equal(2 + 4 + 2 + 1 + 2 + 5 + 4 + 5 + 5 + 8, MqttPacketSize.OfPublish(message));
    }

    [Fact]
    public void A_message_is_repeated_when_flag_identifier_and_content_say_so()
    {
        var repeated = new RepeatedMessages();
        var message = new MqttMessage("a", new byte[] { 1 }) { QualityOfService = MqttQualityOfService.ExactlyOnce };
        var again = message with { IsDuplicate = true };
        Assert.False(repeated.IsRepeated(1, message));
        Assert.True(repeated.IsRepeated(1, again));
        Assert.False(repeated.IsRepeated(1, message));
        Assert.False(repeated.IsRepeated(2, again));
        Assert.False(repeated.IsRepeated(1, again with { Payload = new byte[] { 2 } }));
        repeated.Clear();
        Assert.False(repeated.IsRepeated(2, again));
    }
}
