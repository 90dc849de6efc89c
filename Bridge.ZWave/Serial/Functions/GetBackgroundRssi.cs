using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial.Functions;

/// <summary>GetBackgroundRssi (0x3B): the noise the module hears on each channel.</summary>
public static class GetBackgroundRssi
{
    public static readonly FunctionId Id = new(0x3B);

    public static readonly FunctionDefinition Definition = new(Id, "GetBackgroundRssi",
    [
        SerialMessageDefinition.Of<GetBackgroundRssiRequest>(),
        SerialMessageDefinition.Of<GetBackgroundRssiResponse>(),
    ]);
}

/// <summary>GetBackgroundRssi request: no payload.</summary>
public sealed record GetBackgroundRssiRequest
    : EmptyMessage<GetBackgroundRssiRequest>, ISerialMessage<GetBackgroundRssiRequest>, IHostRequest
{
    public static FunctionId FunctionId => GetBackgroundRssi.Id;

    public static MessageKind MessageKind => MessageKind.HostRequest;

    public TransactionShape Shape => TransactionShape.Response;
}

/// <summary>GetBackgroundRssi response.</summary>
/// <remarks>
/// byte 0  RSSI of channel 0
/// byte 1  RSSI of channel 1
/// byte 2  RSSI of channel 2, optional
/// byte 3  RSSI of channel 3 (Long Range), optional
/// Source: Serial API reference, GetBackgroundRSSI.
/// </remarks>
/// <param name="Channels">Two to four values.</param>
public sealed record GetBackgroundRssiResponse(IReadOnlyList<Rssi> Channels) : ISerialMessage<GetBackgroundRssiResponse>
{
    private const int MinimumChannels = 2;
    private const int MaximumChannels = 4;

    public static FunctionId FunctionId => GetBackgroundRssi.Id;

    public static MessageKind MessageKind => MessageKind.Response;

    public static DecodeError TryDecode(ref PayloadReader payload, NodeIdWidth width, out GetBackgroundRssiResponse? message)
    {
        message = null;
        if (payload.Remaining < MinimumChannels) return DecodeError.Truncated;
        List<Rssi> channels = [];
        while (channels.Count < MaximumChannels && payload.TryReadByte(out var rssi)) channels.Add(Rssi.FromByte(rssi));
        message = new(channels);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, NodeIdWidth width)
    {
        foreach (var rssi in Channels) payload.WriteByte(rssi.ToByte());
    }

    public void Describe(FieldWriter fields) => fields.Numbers("rssi", Channels.Select(static rssi => (int)rssi.Value));
}
