namespace MQTTnet.Protocol;

/// <summary>What a broker answers to CONNECT. Only what is used here.</summary>
public enum MqttConnectReasonCode
{
    Success = 0,
    BadUserNameOrPassword = 134,
    ServerUnavailable = 136,
}

/// <summary>What a broker answers to PUBLISH. Only what is used here.</summary>
public enum MqttPubAckReasonCode
{
    Success = 0,
    QuotaExceeded = 151,
}
