using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetRandom (0x1C): random numbers from the radio of the module.</summary>
public static class GetRandom
{
    public static readonly FunctionId Id = new(0x1C);

    public static readonly FunctionDefinition Definition = new(Id, "GetRandom",
    [
        SerialMessageDefinition.Of<GetRandomRequest>(),
        SerialMessageDefinition.Of<GetRandomResponse>(),
    ]);
}

/// <summary>GetRandom request.</summary>
/// <remarks>
/// byte 0  number of bytes, at most 32; 0 = 2
/// Source: Serial API reference, GetRandom.
/// </remarks>
public sealed record GetRandomRequest(byte Count) : ISerialMessage<GetRandomRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetRandom.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetRandomRequest? message)
    {
        message = payload.TryReadByte(out var count) ? new(count) : null;
        return message is null ? DecodeError.Truncated : DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(Count);

    public void Describe(FieldWriter fields) => fields.Number("count", (long)Count);
}

/// <summary>GetRandom response.</summary>
/// <remarks>
/// byte 0    01 = ok
/// byte 1    n
/// byte 2..  n random bytes
/// Source: Serial API reference, GetRandom.
/// </remarks>
public sealed record GetRandomResponse(byte Status, ReadOnlyMemory<byte> RandomBytes) : ISerialMessage<GetRandomResponse>, IStatusResponse
{
    public static FunctionId FunctionId => GetRandom.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public bool IsAccepted => Status != 0;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetRandomResponse? message)
    {
        message = null;
        if (!payload.TryReadByte(out var status) || !LengthByte.TryRead(ref payload, out var bytes)) return DecodeError.Truncated;
        message = new(status, bytes.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(Status);
        LengthByte.Write(ref payload, RandomBytes.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("status", (long)Status);
        fields.Hex("randomBytes", RandomBytes.Span);
    }
}
