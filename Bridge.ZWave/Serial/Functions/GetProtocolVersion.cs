using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetProtocolVersion (0x09): the version of the protocol in the module, 700 series and later.</summary>
public static class GetProtocolVersion
{
    public static readonly FunctionId Id = new(0x09);

    public static readonly FunctionDefinition Definition = new(Id, "GetProtocolVersion",
    [
        SerialMessageDefinition.Of<GetProtocolVersionRequest>(),
        SerialMessageDefinition.Of<GetProtocolVersionResponse>(),
    ]);
}

/// <summary>GetProtocolVersion request: no payload.</summary>
public sealed record GetProtocolVersionRequest
    : EmptyMessage<GetProtocolVersionRequest>, ISerialMessage<GetProtocolVersionRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetProtocolVersion.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetProtocolVersion response.</summary>
/// <remarks>
/// byte 0      protocol type: 0 Z-Wave, 1 AV, 2 for IP
/// bytes 1-3   version: major, minor, patch
/// bytes 4-5   build number, optional
/// bytes 6-21  hash of the commit, optional
/// Source: Serial API reference, GetProtocolVersion.
/// </remarks>
public sealed record GetProtocolVersionResponse(
    byte ProtocolType,
    byte Major,
    byte Minor,
    byte Patch,
    ushort? BuildNumber = null,
    ReadOnlyMemory<byte>? CommitHash = null) : ISerialMessage<GetProtocolVersionResponse>
{
    private const int HashLength = 16;

    public static FunctionId FunctionId => GetProtocolVersion.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    /// <summary>"7.18.2".</summary>
    public string ProtocolVersion => FormattableString.Invariant($"{Major}.{Minor}.{Patch}");

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetProtocolVersionResponse? message)
    {
        message = null;
        if (!payload.TryReadByte(out var type)
            || !payload.TryReadByte(out var major)
            || !payload.TryReadByte(out var minor)
            || !payload.TryReadByte(out var patch))
        {
            return DecodeError.Truncated;
        }

        message = new(type, major, minor, patch);
        if (payload.TryReadUInt16(out var build)) message = message with { BuildNumber = build };
        if (payload.TryReadBytes(HashLength, out var hash)) message = message with { CommitHash = hash.ToArray() };
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteByte(ProtocolType);
        payload.WriteByte(Major);
        payload.WriteByte(Minor);
        payload.WriteByte(Patch);
        if (BuildNumber is not { } build) return;
        payload.WriteUInt16(build);
        if (CommitHash is { } hash) payload.WriteBytes(hash.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("protocolType", (long)ProtocolType);
        fields.Text("protocolVersion", ProtocolVersion);
        fields.Number("buildNumber", (long?)BuildNumber);
        if (CommitHash is { } hash) fields.Hex("commitHash", hash.Span);
    }
}
