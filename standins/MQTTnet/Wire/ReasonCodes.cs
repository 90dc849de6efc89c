using System.Collections.Frozen;

namespace StandIns.Wire;

/// <summary>Which reason code may be in which packet (2.4, table 2-6), and what a 3.1.1 CONNACK calls it.</summary>
internal static class ReasonCodes
{
    private static readonly FrozenSet<ReasonCode> s_connAck = Set(
        0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9F);

    private static readonly FrozenSet<ReasonCode> s_received = Set(0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99);
    private static readonly FrozenSet<ReasonCode> s_released = Set(0x00, 0x92);
    private static readonly FrozenSet<ReasonCode> s_subAck = Set(0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2);
    private static readonly FrozenSet<ReasonCode> s_unsubAck = Set(0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91);
    private static readonly FrozenSet<ReasonCode> s_fromClient = Set(
        0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);

    private static readonly FrozenSet<ReasonCode> s_fromBroker = Set(
        0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C,
        0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2);

    /// <summary>The codes of a 3.1.1 CONNACK in their order (3.2.2.3 there).</summary>
    private static readonly ReasonCode[] s_version311 =
    [
        ReasonCode.Success, ReasonCode.UnsupportedProtocolVersion, ReasonCode.ClientIdentifierNotValid, ReasonCode.ServerUnavailable,
        ReasonCode.BadUserNameOrPassword, ReasonCode.NotAuthorized,
    ];

    /// <summary>True when an MQTT 5 packet of this type may carry the code.</summary>
    public static bool IsAllowed(ReasonCode code, PacketType type, PacketSource source) => type switch
    {
        PacketType.ConnAck => s_connAck.Contains(code),
        PacketType.PubAck or PacketType.PubRec => s_received.Contains(code),
        PacketType.PubRel or PacketType.PubComp => s_released.Contains(code),
        PacketType.SubAck => s_subAck.Contains(code),
        PacketType.UnsubAck => s_unsubAck.Contains(code),
        PacketType.Disconnect => (source == PacketSource.Client ? s_fromClient : s_fromBroker).Contains(code),
        PacketType.Auth => code is ReasonCode.Success or ReasonCode.ContinueAuthentication
            || (code == ReasonCode.Reauthenticate && source == PacketSource.Client),
        _ => false,
    };

    /// <summary>Null: no code of 3.1.1.</summary>
    public static ReasonCode? FromVersion311(byte returnCode) => returnCode < s_version311.Length ? s_version311[returnCode] : null;

    /// <summary>The nearest code of a 3.1.1 CONNACK.</summary>
    public static byte ToVersion311(ReasonCode code) => code switch
    {
        ReasonCode.Success => 0,
        ReasonCode.UnsupportedProtocolVersion => 1,
        ReasonCode.ClientIdentifierNotValid => 2,
        ReasonCode.BadUserNameOrPassword or ReasonCode.BadAuthenticationMethod => 4,
        ReasonCode.NotAuthorized or ReasonCode.Banned => 5,
        _ => 3,
    };

    private static FrozenSet<ReasonCode> Set(params byte[] codes) => codes.Select(static code => (ReasonCode)code).ToFrozenSet();
}
