using MQTTnet.Protocol;

namespace MQTTnet;

public sealed class MqttClientConnectResult
{
    internal MqttClientConnectResult()
    {
    }

    public bool IsSessionPresent { get; internal init; }

    public uint? MaximumPacketSize { get; internal init; }

    public MqttQualityOfServiceLevel MaximumQoS { get; internal init; }

    public string? ReasonString { get; internal init; }

    public ushort? ReceiveMaximum { get; internal init; }

    public MqttClientConnectResultCode ResultCode { get; internal init; }

    public bool RetainAvailable { get; internal init; }

    public ushort ServerKeepAlive { get; internal init; }
}

public enum MqttClientConnectResultCode
{
    Success = 0,
}

public sealed class MqttClientPublishResult
{
    internal MqttClientPublishResult(MqttClientPublishReasonCode reasonCode, string? reasonString) =>
        (ReasonCode, ReasonString) = (reasonCode, reasonString);

    // The two codes that are no failure: success and "no matching subscribers".
    public bool IsSuccess => (int)ReasonCode is 0x00 or 0x10;

    public MqttClientPublishReasonCode ReasonCode { get; }

    public string? ReasonString { get; }
}

public enum MqttClientPublishReasonCode;

public sealed class MqttClientSubscribeResult
{
    internal MqttClientSubscribeResult(IReadOnlyCollection<MqttClientSubscribeResultItem> items) => Items = items;

    public IReadOnlyCollection<MqttClientSubscribeResultItem> Items { get; }
}

public sealed class MqttClientSubscribeResultItem
{
    internal MqttClientSubscribeResultItem(MqttClientSubscribeResultCode resultCode) => ResultCode = resultCode;

    public MqttClientSubscribeResultCode ResultCode { get; }
}

public enum MqttClientSubscribeResultCode;

public sealed class MqttClientUnsubscribeResult
{
    internal MqttClientUnsubscribeResult()
    {
    }
}
