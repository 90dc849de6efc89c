using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>Which routing attempt succeeded last. Source: Serial API reference, TX report.</summary>
public enum RouteScheme : byte
{
    Idle = 0,
    Direct = 1,
    PriorityRoute = 2,
    LastWorkingRoute = 3,
    NextToLastWorkingRoute = 4,
    AutoRoute = 5,
    ResortToDirect = 6,
    Explorer = 7,
}

/// <summary>The way a frame took and how well it was heard. With transmit status NoAcknowledgement the Ack fields mean nothing.</summary>
/// <remarks>
/// bytes 0-1    transmit time, unit 10 ms
/// byte 2       repeaters used, 0..4
/// byte 3       RSSI of the acknowledgement
/// bytes 4-7    RSSI of the acknowledgement at each repeater, unused = 7F
/// byte 8       channel of the acknowledgement
/// byte 9       transmit channel; 3 and 4 are Long Range
/// byte 10      route scheme
/// bytes 11-14  repeaters of the last route, one byte each in both node id widths, 0 = unused
/// byte 15      bits 2..0 speed; bit 5 beam of 250 ms, bit 6 beam of 1000 ms; others reserved
/// byte 16      routing attempts
/// byte 17      last working node of a failed route, may be missing, one byte
/// byte 18      first dead node of a failed route, may be missing, one byte
/// byte 19      transmit power, dBm; 7F not available                                    Long Range, may be missing (so may the rest)
/// byte 20      measured noise floor, RSSI
/// byte 21      transmit power of the destination, dBm
/// byte 22      RSSI at the destination
/// byte 23      noise floor at the destination, RSSI
/// Source: Serial API reference, TX report.
/// </remarks>
public sealed record TransmitReport
{
    /// <summary>Fewer bytes are not a report.</summary>
    public const int MinimumLength = 17;

    private const byte SpeedMask = 0x07;
    private const byte Beam250Bit = 0x20;
    private const byte Beam1000Bit = 0x40;

    /// <summary>From the request to the end of the transmission, in units of 10 ms.</summary>
    public ushort TransmitTicks { get; init; }

    public TimeSpan TransmitTime => TimeSpan.FromMilliseconds(TransmitTicks * 10.0);

    public byte RepeaterCount { get; init; }

    public Rssi AckRssi { get; init; } = Rssi.NotAvailable;

    /// <summary>Four values, the first for the repeater next to us; <see cref="Rssi.NotAvailable"/> where there is none.</summary>
    public IReadOnlyList<Rssi> AckRepeaterRssi { get; init; } = s_noRepeaterRssi;

    public byte AckChannel { get; init; }

    public byte TransmitChannel { get; init; }

    public RouteScheme RouteScheme { get; init; }

    public Repeaters LastRouteRepeaters { get; init; }

    public bool Beam1000ms { get; init; }

    public bool Beam250ms { get; init; }

    public RouteSpeed LastRouteSpeed { get; init; }

    public byte RoutingAttempts { get; init; }

    public byte? LastFailedLinkFrom { get; init; }

    public byte? LastFailedLinkTo { get; init; }

    public sbyte? TransmitPowerDbm { get; init; }

    public Rssi? MeasuredNoiseFloor { get; init; }

    public sbyte? DestinationAckTransmitPowerDbm { get; init; }

    public Rssi? DestinationAckRssi { get; init; }

    public Rssi? DestinationAckNoiseFloor { get; init; }

    private static readonly Rssi[] s_noRepeaterRssi = [Rssi.NotAvailable, Rssi.NotAvailable, Rssi.NotAvailable, Rssi.NotAvailable];

    /// <summary>Reads a report; null, and nothing read, when fewer than <see cref="MinimumLength"/> bytes are there.</summary>
    internal static TransmitReport? TryRead(ref PayloadReader payload)
    {
        if (!payload.TryReadBytes(MinimumLength, out var bytes)) return null;
        return new()
        {
            TransmitTicks = (ushort)((bytes[0] << 8) | bytes[1]),
            RepeaterCount = bytes[2],
            AckRssi = Rssi.FromByte(bytes[3]),
            AckRepeaterRssi = [Rssi.FromByte(bytes[4]), Rssi.FromByte(bytes[5]), Rssi.FromByte(bytes[6]), Rssi.FromByte(bytes[7])],
            AckChannel = bytes[8],
            TransmitChannel = bytes[9],
            RouteScheme = (RouteScheme)bytes[10],
            LastRouteRepeaters = new(bytes[11], bytes[12], bytes[13], bytes[14]),
            Beam1000ms = (bytes[15] & Beam1000Bit) != 0,
            Beam250ms = (bytes[15] & Beam250Bit) != 0,
            LastRouteSpeed = (RouteSpeed)(bytes[15] & SpeedMask),
            RoutingAttempts = bytes[16],
            LastFailedLinkFrom = payload.TryReadByte(out var failedFrom) ? failedFrom : null,
            LastFailedLinkTo = payload.TryReadByte(out var failedTo) ? failedTo : null,
            TransmitPowerDbm = payload.TryReadByte(out var power) ? (sbyte)power : null,
            MeasuredNoiseFloor = payload.TryReadByte(out var noiseFloor) ? Rssi.FromByte(noiseFloor) : null,
            DestinationAckTransmitPowerDbm = payload.TryReadByte(out var ackPower) ? (sbyte)ackPower : null,
            DestinationAckRssi = payload.TryReadByte(out var ackRssi) ? Rssi.FromByte(ackRssi) : null,
            DestinationAckNoiseFloor = payload.TryReadByte(out var ackNoiseFloor) ? Rssi.FromByte(ackNoiseFloor) : null,
        };
    }

    /// <summary>Writes the report up to the last optional byte that has all its predecessors.</summary>
    internal void Write(ref PayloadWriter payload)
    {
        payload.WriteUInt16(TransmitTicks);
        payload.WriteByte(RepeaterCount);
        payload.WriteByte(AckRssi.ToByte());
        for (var index = 0; index < Repeaters.Maximum; index++)
        {
            payload.WriteByte((index < AckRepeaterRssi.Count ? AckRepeaterRssi[index] : Rssi.NotAvailable).ToByte());
        }

        payload.WriteByte(AckChannel);
        payload.WriteByte(TransmitChannel);
        payload.WriteByte((byte)RouteScheme);
        LastRouteRepeaters.Write(ref payload);
        var beams = (Beam1000ms ? Beam1000Bit : 0) | (Beam250ms ? Beam250Bit : 0);
        payload.WriteByte((byte)(beams | ((byte)LastRouteSpeed & SpeedMask)));
        payload.WriteByte(RoutingAttempts);
        ReadOnlySpan<byte?> optional =
        [
            LastFailedLinkFrom, LastFailedLinkTo, (byte?)TransmitPowerDbm, MeasuredNoiseFloor?.ToByte(),
            (byte?)DestinationAckTransmitPowerDbm, DestinationAckRssi?.ToByte(), DestinationAckNoiseFloor?.ToByte(),
        ];
        foreach (var value in optional)
        {
            if (value is not { } present) return;
            payload.WriteByte(present);
        }
    }

    internal void Describe(FieldWriter fields)
    {
        fields.BeginObject("txReport");
        fields.Number("transmitTicks", (long)TransmitTicks);
        fields.Number("repeaters", (long)RepeaterCount);
        fields.Number("ackRssi", (long)AckRssi.Value);
        fields.Numbers("ackRepeaterRssi", AckRepeaterRssi.Select(static rssi => (int)rssi.Value));
        fields.Number("ackChannel", (long)AckChannel);
        fields.Number("txChannel", (long)TransmitChannel);
        fields.Number("routeSchemeState", (long)RouteScheme);
        fields.Numbers("lastRouteRepeaters", LastRouteRepeaters.Bytes);
        fields.Flag("beam1000ms", Beam1000ms);
        fields.Flag("beam250ms", Beam250ms);
        fields.Number("lastRouteSpeed", (long)LastRouteSpeed);
        fields.Number("routingAttempts", (long)RoutingAttempts);
        fields.Number("lastFailedLinkFrom", (long?)LastFailedLinkFrom);
        fields.Number("lastFailedLinkTo", (long?)LastFailedLinkTo);
        fields.Number("txPower", (long?)TransmitPowerDbm);
        fields.Number("measuredNoiseFloor", (long?)MeasuredNoiseFloor?.Value);
        fields.Number("destinationAckTxPower", (long?)DestinationAckTransmitPowerDbm);
        fields.Number("destinationAckRssi", (long?)DestinationAckRssi?.Value);
        fields.Number("destinationAckNoiseFloor", (long?)DestinationAckNoiseFloor?.Value);
        fields.EndObject();
    }
}
