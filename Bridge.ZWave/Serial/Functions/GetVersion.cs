using System.Text;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetVersion (0x15): library version and type of the module.</summary>
public static class GetVersion
{
    public static readonly FunctionId Id = new(0x15);

    public static readonly FunctionDefinition Definition = new(Id, "GetVersion",
    [
        SerialMessageDefinition.Of<GetVersionRequest>(),
        SerialMessageDefinition.Of<GetVersionResponse>(),
    ]);
}

/// <summary>GetVersion request: no payload.</summary>
public sealed record GetVersionRequest : EmptyMessage<GetVersionRequest>, ISerialMessage<GetVersionRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetVersion.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetVersion response.</summary>
/// <remarks>
/// bytes ..00   version text, ASCII, zero-terminated ("Z-Wave 7.18")
/// next byte    library type: 1 static controller, 2 portable controller, 3 enhanced slave, 4 slave, 5 installer,
///              6 routing slave, 7 bridge controller, 8 DUT, 0A AV remote, 0B AV device
/// Source: Serial API reference, GetVersion.
/// </remarks>
public sealed record GetVersionResponse(string LibraryVersion, byte LibraryType) : ISerialMessage<GetVersionResponse>
{
    /// <summary>The library type that answers with the bridge functions (A8, A9, AB).</summary>
    public const byte BridgeController = 7;

    public static FunctionId FunctionId => GetVersion.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetVersionResponse? message)
    {
        message = null;
        var end = payload.Unread.IndexOf((byte)0);
        if (end < 0 || !payload.TryReadBytes(end, out var text) || !payload.TryReadByte(out _) || !payload.TryReadByte(out var type))
        {
            return DecodeError.Truncated;
        }

        message = new(Encoding.ASCII.GetString(text), type);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        payload.WriteBytes(Encoding.ASCII.GetBytes(LibraryVersion));
        payload.WriteByte(0);
        payload.WriteByte(LibraryType);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Text("libraryVersion", LibraryVersion);
        fields.Number("libraryType", (long)LibraryType);
    }
}
