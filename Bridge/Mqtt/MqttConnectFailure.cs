using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Bridge.Mqtt;

/// <summary>Why a connection could not be opened, in words a user can act on. Never says a password.</summary>
internal static class MqttConnectFailure
{
    /// <summary>The CONNACK of a broker that speaks 3.1.1 only, read as one of MQTT 5.</summary>
    private const int UnacceptableProtocolOfVersion311 = 0x01;

    public static MqttLinkException Refused(MqttConnectRequest request, int code, string? added)
    {
        var failure = code switch
        {
            0x84 or UnacceptableProtocolOfVersion311 => MqttLinkFailure.ProtocolVersion,
            0x86 or 0x87 or 0x8A or 0x8C => MqttLinkFailure.NotAuthorized,
            _ => MqttLinkFailure.Refused,
        };
        var words = code == UnacceptableProtocolOfVersion311 ? MqttReasonText.Of(0x84) : MqttReasonText.Of(code, added);
        return new MqttLinkException(failure, $"the broker at {Place(request)} refused the connection: {words}");
    }

    public static MqttLinkException NoAnswer(MqttConnectRequest request) => new(
        MqttLinkFailure.Unreachable,
        string.Create(CultureInfo.InvariantCulture, $"no answer from {Place(request)} in {request.Limit.TotalSeconds:0.#} s"));

    public static MqttLinkException From(MqttConnectRequest request, Exception cause)
    {
        var chain = Chain(cause).ToList();
        if (chain.OfType<AuthenticationException>().FirstOrDefault() is { } distrust)
            return new MqttLinkException(MqttLinkFailure.Tls, $"TLS with {Place(request)} failed: {Sentence(distrust.Message)}", cause);
        var socket = chain.OfType<SocketException>().FirstOrDefault();
        // With TLS 1.3 a broker refuses our certificate only after the handshake: by an alert, a reset or a mere close, whichever is seen first.
        if (request.Tls is not null && !IsUnreached(socket))
            return new MqttLinkException(MqttLinkFailure.Tls, $"TLS with {Place(request)} failed, perhaps our certificate was refused: {Words(cause)}", cause);
        return socket is null
            ? new MqttLinkException(MqttLinkFailure.Unreachable, $"no connection to {Place(request)}: {Words(cause)}", cause)
            : new MqttLinkException(MqttLinkFailure.Unreachable, Words(request, socket), cause);
    }

    /// <summary>True when there was no connection to encrypt.</summary>
    private static bool IsUnreached(SocketException? cause) => cause?.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
        or SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.NetworkDown
        or SocketError.HostDown or SocketError.TimedOut;

    /// <summary>The innermost message of a failure.</summary>
    public static string Words(Exception cause) => Sentence(Chain(cause).Last().Message);

    private static string Words(MqttConnectRequest request, SocketException cause) => cause.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the name {request.Host} is not known",
        SocketError.ConnectionRefused => $"nothing listens at {Place(request)}",
        SocketError.ConnectionReset => $"{Place(request)} closed the connection",
        _ => $"{Place(request)} is not reachable: {Sentence(cause.Message)}",
    };

    private static string Place(MqttConnectRequest request) => string.Create(CultureInfo.InvariantCulture, $"{request.Host}:{request.Port}");

    private static string Sentence(string message) => message.TrimEnd('.', ' ');

    private static IEnumerable<Exception> Chain(Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException) yield return inner;
    }
}
