using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Encapsulation;

/// <summary>
/// Peels the layers of a received frame: Security or CRC-16, then Multi Channel, then Supervision, then Multi Command, each at most
/// once and in this order. Allocates nothing.
/// </summary>
public static class Unwrapping
{
    /// <summary>The layers from the outside in; a layer is only legal inside one with a smaller number.</summary>
    private enum Layer
    {
        None = 0,
        Transport,
        Outer,
        MultiChannel,
        Supervision,
        MultiCommand,
    }

    /// <summary>Finds the commands inside a frame.</summary>
    /// <param name="frame">The frame as the radio delivered it, from its class byte on.</param>
    /// <param name="reception">Who sent it, and how it came.</param>
    /// <param name="security">Opens encrypted frames.</param>
    /// <param name="plaintext">
    /// Takes what was encrypted; as long as the frame is enough, empty will do where nothing is opened.
    /// </param>
    /// <param name="unwrapped">The commands, which point into <paramref name="frame"/> or <paramref name="plaintext"/>.</param>
    /// <returns>
    /// <see cref="DecodeError.ReservedValue"/> for layers in an illegal order or nested twice. A Transport Service frame is not opened but
    /// given out as a command: it is for <see cref="TransportServiceReceiver"/>, which makes a datagram of several.
    /// </returns>
    public static DecodeError TryUnwrap(
        ReadOnlySpan<byte> frame, Reception reception, ISecurityLayer security, Span<byte> plaintext, out Unwrapped unwrapped)
    {
        ArgumentNullException.ThrowIfNull(security);
        unwrapped = default;
        var envelope = new Envelope { IsMulticast = reception.IsMulticast };
        if (frame.IsEmpty) return DecodeError.Truncated;
        // A datagram has been inside Transport Service already: neither that again nor CRC-16 may be in it.
        var reached = reception.IsDatagram ? Layer.Transport : Layer.None;
        var rest = frame;
        while (true)
        {
            var layer = LayerOf(rest);
            if (layer == Layer.None)
            {
                unwrapped = new(envelope, rest);
                return DecodeError.None;
            }

            if (layer <= reached) return DecodeError.ReservedValue;
            reached = layer;
            var payload = new PayloadReader(rest[2..]);
            DecodeError error;
            switch (layer)
            {
                case Layer.Transport:
                    unwrapped = new(envelope, rest);
                    return DecodeError.None;
                case Layer.Outer when rest[0] == Crc16EncapsulationCommandClass.Id.Value:
                    if (reception.IsDatagram) return DecodeError.ReservedValue;
                    error = Crc16Encapsulation.TryRead(ref payload, out rest);
                    envelope = envelope with { IsCrc16 = true };
                    break;
                case Layer.Outer:
                    error = security.TryDecrypt(reception, rest, plaintext, out var length, out var securityClass);
                    if (error != DecodeError.None) return error;
                    rest = plaintext[..length];
                    envelope = envelope with { SecurityClass = securityClass };
                    break;
                case Layer.MultiChannel:
                    error = TryReadMultiChannel(rest[1], ref payload, ref envelope, out rest);
                    break;
                case Layer.Supervision:
                    error = SupervisionGet.TryRead(ref payload, out var statusUpdates, out var session, out rest);
                    envelope = envelope with { SupervisionSession = session, WantsStatusUpdates = statusUpdates };
                    break;
                default:
                    return TryReadMultiCommand(ref payload, envelope, out unwrapped);
            }

            if (error != DecodeError.None) return error;
        }
    }

    private static DecodeError TryReadMultiChannel(
        byte commandNumber, scoped ref PayloadReader payload, scoped ref Envelope envelope, out ReadOnlySpan<byte> command)
    {
        command = default;
        if (commandNumber == MultiInstanceEncapsulation.CommandId.Command)
        {
            var error = MultiInstanceEncapsulation.TryRead(ref payload, out var instance, out command);
            envelope = envelope with { IsMultiChannel = true, IsMultiInstance = true, SourceEndpoint = instance };
            return error;
        }

        if (!payload.TryReadByte(out var source) || !payload.TryReadByte(out var destination) || payload.IsAtEnd)
        {
            return DecodeError.Truncated;
        }

        command = payload.ReadRemaining();
        envelope = envelope with
        {
            IsMultiChannel = true,
            SourceEndpoint = new((byte)(source & MultiChannelCommandClass.EndPointMask)),
            Destination = new(destination),
        };
        return DecodeError.None;
    }

    /// <summary>Checks all lengths first: one that points beyond the end invalidates the frame, not only the rest of it.</summary>
    private static DecodeError TryReadMultiCommand(scoped ref PayloadReader payload, scoped in Envelope envelope, out Unwrapped unwrapped)
    {
        unwrapped = default;
        if (!payload.TryReadByte(out var count)) return DecodeError.Truncated;
        var content = payload.Unread;
        for (var index = 0; index < count; index++)
        {
            if (!MultiCommandEncapsulation.TryReadNext(ref payload, out var command)) return DecodeError.Truncated;
            if (LayerOf(command) != Layer.None) return DecodeError.ReservedValue;
        }

        unwrapped = new(envelope, content, count);
        return DecodeError.None;
    }

    /// <summary>The layer a frame begins with; none for ordinary commands, of which Supervision Report and Nonce Get are some.</summary>
    private static Layer LayerOf(ReadOnlySpan<byte> frame) => frame.Length < 2 ? Layer.None : (frame[0], frame[1]) switch
    {
        (0x55, _) => Layer.Transport,
        (0x56, 0x01) or (0x98, 0x81 or 0xC1) or (0x9F, 0x03) => Layer.Outer,
        (0x60, 0x06 or 0x0D) => Layer.MultiChannel,
        (0x6C, 0x01) => Layer.Supervision,
        (0x8F, 0x01) => Layer.MultiCommand,
        _ => Layer.None,
    };
}
