using StandIns.Wire;
using Xunit;

namespace Bridge.Tests.StandIns.Mqtt.Broker;

/// <summary>
/// Malformed and odd packets and what the specifications want done about them. A row: reaction | bytes | what is odd. Reactions: <c>end</c>, closed without
/// a word; <c>82</c> and the like, DISCONNECT with that reason, then closed; <c>ok</c>, nothing happens; <c>= bytes</c>, this answer and life goes on;
/// <c>= bytes end</c>, this answer and closed.
/// </summary>
public sealed class OddPacketsTests
{
    // CONNECT of 3.1.1: 10, length, 00 04 "MQTT", level 04, flags, keep alive, client id
    private const string First = """
        end | C0 00 | PINGREQ before CONNECT
        end | D0 00 | PINGRESP before CONNECT
        end | 30 03 00 01 61 | PUBLISH before CONNECT
        end | 40 02 00 01 | PUBACK before CONNECT
        end | 82 06 00 01 00 01 61 00 | SUBSCRIBE before CONNECT
        end | A2 05 00 01 00 01 61 | UNSUBSCRIBE before CONNECT
        end | E0 00 | DISCONNECT before CONNECT
        end | F0 00 | AUTH before CONNECT
        end | 20 02 00 00 | CONNACK of a client
        end | 00 00 | type 0
        end | 47 45 54 20 2F 20 48 54 54 50 2F 31 2E 31 0D 0A | a web browser
        end | 16 03 01 02 00 01 00 01 FC 03 03 | a TLS client
        end | 11 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61 | CONNECT with a flag in its first byte
        = 20 03 00 81 00 end | 10 FF FF FF FF 01 | CONNECT with a length of five bytes
        = 20 03 00 81 00 end | 10 00 | CONNECT without content
        = 20 03 00 81 00 end | 10 04 00 04 4D 51 | CONNECT cut in its name
        = 20 02 00 00 | 10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61 | 3.1.1: a plain one
        = 20 02 00 00 | 10 0C 00 04 4D 51 54 54 04 02 00 00 00 00 | 3.1.1: no client id, clean session
        = 20 02 00 02 end | 10 0C 00 04 4D 51 54 54 04 00 00 00 00 00 | 3.1.1: no client id, session to be kept
        = 20 02 00 01 end | 10 0D 00 04 4D 51 54 54 03 02 00 00 00 01 61 | level 3
        = 20 02 00 01 end | 10 0D 00 04 4D 51 54 54 00 02 00 00 00 01 61 | level 0
        = 20 03 00 84 00 end | 10 0D 00 04 4D 51 54 54 84 02 00 00 00 01 61 | level 4 of a bridge
        = 20 02 00 01 end | 10 0F 00 06 4D 51 49 73 64 70 03 02 00 00 00 01 61 | MQTT 3.1
        = 20 02 00 01 end | 10 0D 00 04 4D 51 54 58 04 02 00 00 00 01 61 | 3.1.1: another protocol name
        = 20 02 00 01 end | 10 0D 00 04 6D 71 74 74 04 02 00 00 00 01 61 | 3.1.1: protocol name in small letters
        = 20 03 00 84 00 end | 10 0E 00 04 4D 51 54 54 06 02 00 00 00 00 01 61 | level 6
        = 20 03 00 84 00 end | 10 0E 00 04 4D 51 54 54 FF 02 00 00 00 00 01 61 | level 255
        = 20 03 00 84 00 end | 10 0E 00 04 4D 51 54 58 05 02 00 00 00 00 01 61 | MQTT 5: another protocol name
        end | 10 0D 00 04 4D 51 54 54 04 03 00 00 00 01 61 | 3.1.1: reserved flag
        end | 10 0D 00 04 4D 51 54 54 04 0A 00 00 00 01 61 | 3.1.1: will QoS without a will
        end | 10 0D 00 04 4D 51 54 54 04 22 00 00 00 01 61 | 3.1.1: will retain without a will
        end | 10 13 00 04 4D 51 54 54 04 1E 00 00 00 01 61 00 01 77 00 01 6D | 3.1.1: will QoS 3
        end | 10 0D 00 04 4D 51 54 54 04 06 00 00 00 01 61 | 3.1.1: will flag, no will
        end | 10 12 00 04 4D 51 54 54 04 06 00 00 00 01 61 00 00 00 01 6D | 3.1.1: empty will topic
        end | 10 13 00 04 4D 51 54 54 04 06 00 00 00 01 61 00 01 23 00 01 6D | 3.1.1: will topic #
        end | 10 10 00 04 4D 51 54 54 04 42 00 00 00 01 61 00 01 70 | 3.1.1: password without user name
        end | 10 0D 00 04 4D 51 54 54 04 82 00 00 00 01 61 | 3.1.1: user name flag, no user name
        end | 10 10 00 04 4D 51 54 54 04 C2 00 00 00 01 61 00 01 75 | 3.1.1: password flag, no password
        end | 10 0E 00 04 4D 51 54 54 04 02 00 00 00 01 61 00 | 3.1.1: bytes behind the end
        end | 10 0E 00 04 4D 51 54 54 04 02 00 00 00 02 C3 28 | 3.1.1: client id is not UTF-8
        end | 10 0F 00 04 4D 51 54 54 04 02 00 00 00 03 61 00 62 | 3.1.1: client id with U+0000
        end | 10 0F 00 04 4D 51 54 54 04 02 00 00 00 03 ED A0 80 | 3.1.1: client id with half a surrogate pair
        end | 10 11 00 04 4D 51 54 54 04 82 00 00 00 01 61 00 02 C0 80 | 3.1.1: user name with an overlong character
        end | 10 0D 00 04 4D 51 54 54 04 02 00 00 00 05 61 | 3.1.1: client id longer than the packet
        = 20 03 00 81 00 end | 10 0E 00 04 4D 51 54 54 05 03 00 00 00 00 01 61 | MQTT 5: reserved flag
        = 20 03 00 81 00 end | 10 0E 00 04 4D 51 54 54 05 0A 00 00 00 00 01 61 | MQTT 5: will QoS without a will
        = 20 03 00 81 00 end | 10 0E 00 04 4D 51 54 54 05 22 00 00 00 00 01 61 | MQTT 5: will retain without a will
        = 20 03 00 81 00 end | 10 15 00 04 4D 51 54 54 05 1E 00 00 00 00 01 61 00 00 01 77 00 01 6D | MQTT 5: will QoS 3
        = 20 03 00 81 00 end | 10 15 00 04 4D 51 54 54 05 06 00 00 00 00 01 61 00 00 01 2B 00 01 6D | MQTT 5: will topic +
        = 20 03 00 81 00 end | 10 0F 00 04 4D 51 54 54 05 02 00 00 00 00 01 61 00 | MQTT 5: bytes behind the end
        = 20 03 00 81 00 end | 10 0F 00 04 4D 51 54 54 05 02 00 00 00 00 02 C3 28 | MQTT 5: client id is not UTF-8
        = 20 03 00 81 00 end | 10 0B 00 04 4D 51 54 54 05 02 00 00 05 | MQTT 5: properties longer than the packet
        = 20 03 00 81 00 end | 10 10 00 04 4D 51 54 54 05 02 00 00 02 7F 00 00 01 61 | MQTT 5: no such property
        = 20 03 00 82 00 end | 10 18 00 04 4D 51 54 54 05 02 00 00 0A 11 00 00 00 01 11 00 00 00 02 00 01 61 | MQTT 5: session expiry twice
        = 20 03 00 82 00 end | 10 11 00 04 4D 51 54 54 05 02 00 00 03 21 00 00 00 01 61 | MQTT 5: receive maximum 0
        = 20 03 00 82 00 end | 10 13 00 04 4D 51 54 54 05 02 00 00 05 27 00 00 00 00 00 01 61 | MQTT 5: maximum packet size 0
        = 20 03 00 82 00 end | 10 10 00 04 4D 51 54 54 05 02 00 00 02 17 02 00 01 61 | MQTT 5: request problem information 2
        = 20 03 00 82 00 end | 10 10 00 04 4D 51 54 54 05 02 00 00 02 19 02 00 01 61 | MQTT 5: request response information 2
        = 20 03 00 82 00 end | 10 10 00 04 4D 51 54 54 05 02 00 00 02 0B 01 00 01 61 | MQTT 5: subscription identifier in CONNECT
        = 20 03 00 82 00 end | 10 11 00 04 4D 51 54 54 05 02 00 00 03 23 00 01 00 01 61 | MQTT 5: topic alias in CONNECT
        = 20 03 00 82 00 end | 10 12 00 04 4D 51 54 54 05 02 00 00 04 16 00 01 61 00 01 61 | MQTT 5: authentication data without a method
        = 20 03 00 8C 00 end | 10 12 00 04 4D 51 54 54 05 02 00 00 04 15 00 01 78 00 01 61 | MQTT 5: an authentication method nobody knows
        = 20 03 00 82 00 end | 10 17 00 04 4D 51 54 54 05 06 00 00 00 00 01 61 02 01 02 00 01 77 00 01 6D | MQTT 5: payload format 2 of the will
        = 20 03 00 82 00 end | 10 19 00 04 4D 51 54 54 05 06 00 00 00 00 01 61 04 08 00 01 23 00 01 77 00 01 6D | MQTT 5: wildcard in the will's response topic
        = 20 03 00 82 00 end | 10 18 00 04 4D 51 54 54 05 06 00 00 00 00 01 61 03 21 00 05 00 01 77 00 01 6D | MQTT 5: receive maximum of a will
        """;

    private const string Version311 = """
        end | 00 00 | type 0
        end | F0 00 | type 15
        end | 10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61 | a second CONNECT
        end | 20 02 00 00 | CONNACK of a client
        end | 90 03 00 01 00 | SUBACK of a client
        end | B0 02 00 01 | UNSUBACK of a client
        end | D0 00 | PINGRESP of a client
        end | 36 05 00 01 61 00 01 | QoS 3
        end | 3E 05 00 01 61 00 01 | QoS 3 and duplicate
        end | 38 03 00 01 61 | duplicate with QoS 0
        end | 32 05 00 01 61 00 00 | packet identifier 0
        end | 34 05 00 01 61 00 00 | packet identifier 0 with QoS 2
        end | 32 03 00 01 61 | QoS 1 without an identifier
        end | 32 04 00 01 61 00 | half an identifier
        end | 30 02 00 00 | empty topic
        end | 30 00 | no topic at all
        end | 30 03 00 01 2B | topic +
        end | 30 03 00 01 23 | topic #
        end | 30 05 00 03 61 2F 23 | topic a/#
        end | 30 05 00 03 61 2B 62 | topic a+b
        end | 30 05 00 03 61 00 62 | topic with U+0000
        end | 30 04 00 02 C3 28 | topic is not UTF-8
        end | 30 04 00 02 C0 80 | topic with an overlong character
        end | 30 05 00 03 ED A0 80 | topic with half a surrogate pair
        end | 30 06 00 04 F5 80 80 80 | topic with a character beyond Unicode
        end | 30 03 00 05 61 | topic longer than the packet
        end | 41 02 00 01 | PUBACK with a flag
        end | 40 01 00 | PUBACK with half an identifier
        end | 40 00 | PUBACK without identifier
        end | 40 02 00 00 | PUBACK with identifier 0
        end | 40 03 00 01 00 | PUBACK of three bytes
        end | 52 02 00 01 | PUBREC with a flag
        end | 50 02 00 00 | PUBREC with identifier 0
        end | 60 02 00 01 | PUBREL without its flag
        end | 62 02 00 00 | PUBREL with identifier 0
        end | 62 03 00 01 00 | PUBREL of three bytes
        end | 72 02 00 01 | PUBCOMP with a flag
        end | 80 06 00 01 00 01 61 00 | SUBSCRIBE without its flag
        end | 83 06 00 01 00 01 61 00 | SUBSCRIBE with another flag
        end | 82 02 00 01 | SUBSCRIBE without filters
        end | 82 06 00 00 00 01 61 00 | SUBSCRIBE with identifier 0
        end | 82 05 00 01 00 01 61 | SUBSCRIBE without QoS
        end | 82 06 00 01 00 01 61 03 | SUBSCRIBE with QoS 3
        end | 82 06 00 01 00 01 61 04 | SUBSCRIBE with a reserved bit
        end | 82 06 00 01 00 01 61 80 | SUBSCRIBE with the highest bit
        end | 82 05 00 01 00 00 00 | SUBSCRIBE to nothing
        end | 82 07 00 01 00 02 61 23 00 | filter a#
        end | 82 07 00 01 00 02 61 2B 00 | filter a+
        end | 82 08 00 01 00 03 23 2F 61 00 | filter #/a
        end | 82 09 00 01 00 04 61 2F 2B 62 00 | filter a/+b
        end | 82 07 00 01 00 02 23 23 00 | filter ##
        end | 82 08 00 01 00 03 61 00 62 00 | filter with U+0000
        end | 82 07 00 01 00 02 C3 28 00 | filter is not UTF-8
        end | 82 0A 00 01 00 01 61 00 00 01 23 07 | the second filter is wrong
        end | A0 05 00 01 00 01 61 | UNSUBSCRIBE without its flag
        end | A2 02 00 01 | UNSUBSCRIBE without filters
        end | A2 05 00 00 00 01 61 | UNSUBSCRIBE with identifier 0
        end | A2 06 00 01 00 02 61 23 | UNSUBSCRIBE of a#
        end | A2 04 00 01 00 00 | UNSUBSCRIBE of nothing
        end | C1 00 | PINGREQ with a flag
        end | C0 01 00 | PINGREQ with content
        end | E1 00 | DISCONNECT with a flag
        end | E0 01 00 | DISCONNECT with content
        end | E0 00 | DISCONNECT
        end | 30 FF FF FF FF 01 | a length of five bytes
        end | 30 FF FF FF FF | a length that does not end
        end | 30 FF FF FF 7F | the largest length there is
        end | 30 81 80 10 | more than is taken
        ok | 30 03 00 01 61 | no payload
        ok | 31 03 00 01 61 | clears what is not there
        ok | 30 03 00 01 2F | topic /
        ok | 30 03 00 01 20 | topic of a blank
        ok | 30 04 00 02 2F 2F | topic of three empty levels
        ok | 30 05 00 03 EF BB BF | topic of U+FEFF
        ok | 30 06 00 04 F0 9F 94 8C | topic of one picture
        ok | 30 06 00 04 24 53 59 53 | topic $SYS
        ok | 40 02 00 09 | PUBACK of nothing
        ok | 70 02 00 09 | PUBCOMP of nothing
        = 40 02 00 01 | 3A 05 00 01 61 00 01 | duplicate of what never came
        = 40 02 FF FF | 32 05 00 01 61 FF FF | the largest identifier
        = 62 02 00 09 | 50 02 00 09 | PUBREC of nothing
        = 70 02 00 09 | 62 02 00 09 | PUBREL of nothing
        = 50 02 00 01 50 02 00 01 | 34 05 00 01 61 00 01 3C 05 00 01 61 00 01 | QoS 2 twice
        = 90 03 00 01 02 | 82 06 00 01 00 01 61 02 | a plain SUBSCRIBE
        = 90 04 00 01 01 00 | 82 0A 00 01 00 01 61 01 00 01 62 00 | two filters, two codes in their order
        = 90 04 00 01 00 02 | 82 0A 00 01 00 01 61 00 00 01 61 02 | the same filter twice
        = 90 03 00 01 00 | 82 06 00 01 00 01 23 00 | everything
        = 90 03 00 01 00 | 82 08 00 01 00 03 2B 2F 2B 00 | filter +/+
        = 90 03 00 01 00 | 82 07 00 01 00 02 2F 2B 00 | filter /+
        = 90 03 00 01 00 | 82 09 00 01 00 04 61 2F 2F 23 00 | filter a//#
        = B0 02 00 01 | A2 05 00 01 00 01 61 | UNSUBSCRIBE of what never was
        = D0 00 D0 00 D0 00 | C0 00 C0 00 C0 00 | three pings at once
        """;

    // PUBLISH and SUBSCRIBE of MQTT 5 have a length of properties, mostly 00.
    private const string Version5 = """
        81 | 00 00 | type 0
        82 | F0 00 | AUTH without a method that was agreed
        82 | F0 02 19 00 | AUTH to authenticate again
        82 | F0 02 07 00 | AUTH with a reason there is not
        82 | 10 0E 00 04 4D 51 54 54 05 02 00 00 00 00 01 61 | a second CONNECT
        81 | 20 03 00 00 00 | CONNACK of a client
        81 | 90 04 00 01 00 00 | SUBACK of a client
        81 | B0 04 00 01 00 00 | UNSUBACK of a client
        81 | D0 00 | PINGRESP of a client
        81 | 36 06 00 01 61 00 01 00 | QoS 3
        81 | 38 04 00 01 61 00 | duplicate with QoS 0
        82 | 32 06 00 01 61 00 00 00 | packet identifier 0
        82 | 34 06 00 01 61 00 00 00 | packet identifier 0 with QoS 2
        81 | 32 03 00 01 61 | QoS 1 without an identifier
        81 | 30 03 00 01 61 | no properties at all
        82 | 30 03 00 00 00 | empty topic
        81 | 30 04 00 01 2B 00 | topic +
        81 | 30 04 00 01 23 00 | topic #
        81 | 30 06 00 03 61 2F 23 00 | topic a/#
        81 | 30 06 00 03 61 00 62 00 | topic with U+0000
        81 | 30 05 00 02 C3 28 00 | topic is not UTF-8
        81 | 30 06 00 03 ED A0 80 00 | topic with half a surrogate pair
        81 | 30 04 00 05 61 00 | topic longer than the packet
        94 | 30 07 00 01 61 03 23 00 00 | topic alias 0
        94 | 30 07 00 01 61 03 23 00 21 | topic alias 33 of 32
        94 | 30 07 00 01 61 03 23 FF FF | topic alias 65,535
        82 | 30 06 00 00 03 23 00 01 | topic alias that stands for nothing
        82 | 30 0A 00 01 61 06 23 00 01 23 00 01 | topic alias twice
        82 | 30 06 00 01 61 02 0B 01 | subscription identifier of a client
        82 | 30 08 00 01 61 04 08 00 01 23 | response topic #
        82 | 30 08 00 01 61 04 08 00 01 2B | response topic +
        82 | 30 07 00 01 61 03 08 00 00 | empty response topic
        82 | 30 06 00 01 61 02 01 02 | payload format 2
        82 | 30 08 00 01 61 04 01 00 01 00 | payload format twice
        82 | 30 0E 00 01 61 0A 02 00 00 00 01 02 00 00 00 01 | message expiry twice
        82 | 30 0C 00 01 61 08 03 00 01 61 03 00 01 61 | content type twice
        82 | 30 0C 00 01 61 08 09 00 01 61 09 00 01 61 | correlation data twice
        82 | 30 07 00 01 61 03 21 00 05 | receive maximum in PUBLISH
        82 | 30 09 00 01 61 05 11 00 00 00 01 | session expiry in PUBLISH
        81 | 30 06 00 01 61 02 7F 00 | no such property
        81 | 30 05 00 01 61 01 00 | property 0
        81 | 30 04 00 01 61 05 | properties longer than the packet
        81 | 30 06 00 01 61 02 02 00 | a property cut short
        81 | 30 08 00 01 61 FF FF FF FF 01 | length of properties of five bytes
        81 | 30 09 00 01 61 05 03 00 02 C3 28 | content type is not UTF-8
        81 | 30 0B 00 01 61 07 26 00 01 61 00 01 00 | user property with U+0000
        81 | 41 02 00 01 | PUBACK with a flag
        81 | 40 01 00 | PUBACK with half an identifier
        82 | 40 02 00 00 | PUBACK with identifier 0
        82 | 40 03 00 01 05 | PUBACK with a reason there is not
        82 | 40 03 00 01 92 | PUBACK with a reason of PUBREL
        82 | 40 06 00 01 00 02 0B 01 | PUBACK with a property of SUBSCRIBE
        81 | 40 05 00 01 00 00 00 | PUBACK with bytes behind the end
        82 | 50 03 00 01 05 | PUBREC with a reason there is not
        81 | 60 02 00 01 | PUBREL without its flag
        82 | 62 02 00 00 | PUBREL with identifier 0
        82 | 62 03 00 01 80 | PUBREL with a reason of PUBACK
        82 | 70 03 00 01 10 | PUBCOMP with a reason of PUBACK
        81 | 80 07 00 01 00 00 01 61 00 | SUBSCRIBE without its flag
        82 | 82 03 00 01 00 | SUBSCRIBE without filters
        82 | 82 07 00 00 00 00 01 61 00 | SUBSCRIBE with identifier 0
        81 | 82 06 00 01 00 00 01 61 | SUBSCRIBE without options
        82 | 82 07 00 01 00 00 01 61 03 | SUBSCRIBE with QoS 3
        82 | 82 07 00 01 00 00 01 61 30 | SUBSCRIBE with retain handling 3
        81 | 82 07 00 01 00 00 01 61 40 | SUBSCRIBE with a reserved bit
        81 | 82 07 00 01 00 00 01 61 80 | SUBSCRIBE with the highest bit
        82 | 82 09 00 01 02 0B 00 00 01 61 00 | subscription identifier 0
        82 | 82 0B 00 01 04 0B 01 0B 02 00 01 61 00 | subscription identifier twice
        81 | 82 0C 00 01 05 0B FF FF FF FF 00 01 61 00 | subscription identifier of five bytes
        82 | 82 0B 00 01 04 1F 00 01 61 00 01 61 00 | reason string in SUBSCRIBE
        81 | 82 06 00 01 00 00 00 00 | SUBSCRIBE to nothing
        81 | 82 08 00 01 00 00 02 61 23 00 | filter a#
        81 | 82 09 00 01 00 00 03 23 2F 61 00 | filter #/a
        81 | 82 0A 00 01 00 00 04 61 2F 2B 62 00 | filter a/+b
        81 | 82 0F 00 01 00 00 09 24 73 68 61 72 65 2F 2F 61 00 | $share//a
        81 | 82 0E 00 01 00 00 08 24 73 68 61 72 65 2F 61 00 | $share/a
        81 | 82 0F 00 01 00 00 09 24 73 68 61 72 65 2F 61 2F 00 | $share/a/
        81 | 82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 2B 2F 61 00 | $share/+/a
        82 | 82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 04 | shared and No Local
        81 | A0 06 00 01 00 00 01 61 | UNSUBSCRIBE without its flag
        82 | A2 03 00 01 00 | UNSUBSCRIBE without filters
        82 | A2 06 00 00 00 00 01 61 | UNSUBSCRIBE with identifier 0
        81 | A2 07 00 01 00 00 02 61 23 | UNSUBSCRIBE of a#
        81 | C1 00 | PINGREQ with a flag
        81 | C0 01 00 | PINGREQ with content
        81 | E1 00 | DISCONNECT with a flag
        82 | E0 01 05 | DISCONNECT with a reason there is not
        82 | E0 01 8E | DISCONNECT with a reason of the broker
        82 | E0 07 00 05 11 00 00 00 05 | DISCONNECT that begins to keep the session
        82 | E0 06 00 04 1C 00 01 61 | DISCONNECT with a server reference
        82 | E0 0C 00 0A 11 00 00 00 00 11 00 00 00 00 | DISCONNECT with session expiry twice
        81 | E0 02 00 05 | DISCONNECT with properties longer than it is
        81 | 30 FF FF FF FF 01 | a length of five bytes
        81 | C0 80 00 | a length of more bytes than it needs
        95 | 30 FF FF FF 7F | the largest length there is
        95 | 30 81 80 10 | more than is taken
        end | E0 00 | DISCONNECT
        end | E0 02 00 00 | DISCONNECT in full
        end | E0 01 04 | DISCONNECT that wants the will
        end | E0 01 80 | DISCONNECT for a fault of the client
        end | E0 07 00 05 11 00 00 00 00 | DISCONNECT that does not begin to keep the session
        ok | 30 04 00 01 61 00 | no payload
        ok | 30 07 00 01 61 02 01 01 FF | said to be text and is not: may be checked, and is not
        ok | 30 12 00 01 61 0E 26 00 01 61 00 01 62 26 00 01 61 00 01 62 | a user property twice
        ok | 30 07 00 01 61 03 23 00 20 | the largest topic alias
        ok | 30 07 00 01 61 03 23 00 01 30 06 00 00 03 23 00 01 | a topic alias, then what it stands for
        ok | 30 09 00 01 61 05 02 00 00 00 00 | message expiry 0
        ok | 40 02 00 09 | PUBACK of nothing
        ok | 50 03 00 09 80 | PUBREC of nothing, refused
        ok | 70 02 00 09 | PUBCOMP of nothing
        = 40 03 00 01 10 | 3A 06 00 01 61 00 01 00 | duplicate of what never came, and nobody wants it
        = 62 03 00 09 92 | 50 02 00 09 | PUBREC of nothing
        = 70 03 00 09 92 | 62 02 00 09 | PUBREL of nothing
        = 70 03 00 09 92 | 62 03 00 09 92 | PUBREL of nothing, as both know
        = 50 03 00 01 10 50 02 00 01 | 34 06 00 01 61 00 01 00 3C 06 00 01 61 00 01 00 | QoS 2 twice
        = 90 04 00 01 00 02 | 82 07 00 01 00 00 01 61 02 | a plain SUBSCRIBE
        = 90 04 00 01 00 01 | 82 07 00 01 00 00 01 61 2D | every option of a filter
        = 90 05 00 01 00 01 00 | 82 0B 00 01 00 00 01 61 01 00 01 62 00 | two filters, two codes in their order
        = 90 04 00 01 00 00 | 82 10 00 01 00 00 0A 24 73 68 61 72 65 2F 67 2F 61 00 | $share/g/a
        = 90 04 00 01 00 00 | 82 0C 00 01 05 0B FF FF FF 7F 00 01 61 00 | the largest subscription identifier
        = B0 04 00 01 00 11 | A2 06 00 01 00 00 01 61 | UNSUBSCRIBE of what never was
        """;

    public static TheoryData<string> FirstRows => Rows(First);

    public static TheoryData<string> Version311Rows => Rows(Version311);

    public static TheoryData<string> Version5Rows => Rows(Version5);

    [Theory]
    [MemberData(nameof(FirstRows))]
    public async Task First_packet(string row)
    {
        await using var host = BrokerHost.Start();
        var level = row.StartsWith("= 20 02", StringComparison.Ordinal) ? ProtocolLevel.Version311 : ProtocolLevel.Version5;
        using var client = await RawMqttClient.OpenAsync(host.Address, level);
        await CheckAsync(client, row);
    }

    [Theory]
    [MemberData(nameof(Version311Rows))]
    public async Task Packet_of_version_311(string row)
    {
        await using var host = BrokerHost.Start();
        using var client = await host.ConnectAsync("odd", ProtocolLevel.Version311);
        await CheckAsync(client, row);
    }

    [Theory]
    [MemberData(nameof(Version5Rows))]
    public async Task Packet_of_version_5(string row)
    {
        await using var host = BrokerHost.Start();
        using var client = await host.ConnectAsync("odd");
        await CheckAsync(client, row);
    }

    private static async Task CheckAsync(RawMqttClient client, string row)
    {
        var cells = row.Split(" | ");
        var reaction = cells[0];
        await client.SendAsync(cells[1]);
        if (reaction.StartsWith("= ", StringComparison.Ordinal)) await client.ExpectAsync(reaction[2..].Replace(" end", "", StringComparison.Ordinal));
        if (reaction.EndsWith("end", StringComparison.Ordinal)) await client.ExpectEndAsync();
        else if (reaction.Length == 2 && reaction != "ok") await client.ExpectDisconnectAsync((ReasonCode)Convert.ToByte(reaction, 16));
        else await client.ExpectNothingAsync();
    }

    private static TheoryData<string> Rows(string text) => [.. text.Split('\n')];
}
