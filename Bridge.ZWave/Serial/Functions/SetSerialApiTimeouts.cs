using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>SetSerialApiTimeouts (0x06): how long the module waits for our ACK and for the next byte of a frame.</summary>
public static class SetSerialApiTimeouts
{
    public static readonly FunctionId Id = new(0x06);

    public static readonly FunctionDefinition Definition = new(Id, "SetSerialApiTimeouts",
    [
        SerialMessageDefinition.Of<SetSerialApiTimeoutsRequest>(),
        SerialMessageDefinition.Of<SetSerialApiTimeoutsResponse>(),
    ]);
}

/// <summary>The two timeouts of both messages: one byte each, unit 10 ms.</summary>
internal static class SerialApiTimeout
{
    private const long TicksPerUnit = 10 * TimeSpan.TicksPerMillisecond;

    public static bool TryRead(ref PayloadReader payload, out TimeSpan ack, out TimeSpan betweenBytes)
    {
        var found = payload.TryReadUInt16(out var units);
        ack = TimeSpan.FromTicks((units >> 8) * TicksPerUnit);
        betweenBytes = TimeSpan.FromTicks((units & 0xFF) * TicksPerUnit);
        return found;
    }

    /// <summary>Longer ones than a byte can tell become the longest.</summary>
    public static void Write(ref PayloadWriter payload, TimeSpan timeout) =>
        payload.WriteByte((byte)Math.Clamp(timeout.Ticks / TicksPerUnit, byte.MinValue, byte.MaxValue));
}

/// <summary>SetSerialApiTimeouts request.</summary>
/// <remarks>
/// byte 0  ACK timeout, unit 10 ms
/// byte 1  byte timeout, unit 10 ms
/// Source: Serial API reference, SetSerialApiTimeouts.
/// </remarks>
public sealed record SetSerialApiTimeoutsRequest(TimeSpan AckTimeout, TimeSpan ByteTimeout)
    : ISerialMessage<SetSerialApiTimeoutsRequest>, IHostRequest
{
    public static FunctionId FunctionId => SetSerialApiTimeouts.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetSerialApiTimeoutsRequest? message)
    {
        message = SerialApiTimeout.TryRead(ref payload, out var ack, out var between) ? new(ack, between) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        SerialApiTimeout.Write(ref payload, AckTimeout);
        SerialApiTimeout.Write(ref payload, ByteTimeout);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("rxAckTimeout", (long)AckTimeout.TotalMilliseconds);
        fields.Number("rxByteTimeout", (long)ByteTimeout.TotalMilliseconds);
    }
}

/// <summary>SetSerialApiTimeouts response: the values until now.</summary>
/// <remarks>
/// byte 0  previous ACK timeout, unit 10 ms
/// byte 1  previous byte timeout, unit 10 ms
/// Source: Serial API reference, SetSerialApiTimeouts.
/// </remarks>
public sealed record SetSerialApiTimeoutsResponse(TimeSpan OldAckTimeout, TimeSpan OldByteTimeout)
    : ISerialMessage<SetSerialApiTimeoutsResponse>
{
    public static FunctionId FunctionId => SetSerialApiTimeouts.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out SetSerialApiTimeoutsResponse? message)
    {
        message = SerialApiTimeout.TryRead(ref payload, out var ack, out var between) ? new(ack, between) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        SerialApiTimeout.Write(ref payload, OldAckTimeout);
        SerialApiTimeout.Write(ref payload, OldByteTimeout);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("oldRxAckTimeout", (long)OldAckTimeout.TotalMilliseconds);
        fields.Number("oldRxByteTimeout", (long)OldByteTimeout.TotalMilliseconds);
    }
}
