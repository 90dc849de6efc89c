namespace Bridge.Mqtt;

/// <summary>What MQTT 5 reason codes mean, in words (MQTT 5.0, 2.4).</summary>
internal static class MqttReasonText
{
    /// <summary>For the end of a sentence; the number for a code that is not known.</summary>
    public static string Of(int code) => code switch
    {
        0x00 => "success",
        0x10 => "no matching subscribers",
        0x11 => "no such subscription",
        0x80 => "unspecified error",
        0x81 => "malformed packet",
        0x82 => "protocol error",
        0x83 => "an error of its own",
        0x84 => "this protocol version is not spoken",
        0x85 => "the client id is not accepted",
        0x86 => "wrong user name or password",
        0x87 => "not authorized",
        0x88 => "not available",
        0x89 => "busy",
        0x8A => "this client is banned",
        0x8B => "it shuts down",
        0x8C => "wrong authentication method",
        0x8D => "it heard nothing of us for the keep-alive time",
        0x8E => "another client took over with the same client id",
        0x8F => "the topic filter is not accepted",
        0x90 => "the topic is not accepted",
        0x91 => "the packet identifier is in use",
        0x92 => "the packet identifier is not known",
        0x93 => "too many messages at a time",
        0x94 => "invalid topic alias",
        0x95 => "the packet is too large",
        0x96 => "too many messages in a short time",
        0x97 => "a quota is used up",
        0x98 => "an administrator ended it",
        0x99 => "the payload is not what it says it is",
        0x9A => "it keeps no retained messages",
        0x9B => "this quality of service is not supported",
        0x9C => "another server shall be used",
        0x9D => "it moved to another server",
        0x9E => "shared subscriptions are not supported",
        0x9F => "too many connections in a short time",
        0xA0 => "the connection lasted as long as it may",
        0xA1 => "subscription identifiers are not supported",
        0xA2 => "filters with wildcards are not supported",
        _ => $"reason code {code}",
    };

    /// <summary>With what the broker added of its own.</summary>
    public static string Of(int code, string? added) => string.IsNullOrEmpty(added) ? Of(code) : $"{Of(code)} ({added})";
}
