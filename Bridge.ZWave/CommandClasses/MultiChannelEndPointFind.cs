using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Multi Channel End Point Find (0x60 0x0B): ask which endpoints are of a device class.</summary>
/// <remarks>
/// byte 0  generic device class, FF = any
/// byte 1  specific device class, FF = any
/// Source: transport encapsulation specification.
/// </remarks>
public sealed record MultiChannelEndPointFind(byte GenericDeviceClass, byte SpecificDeviceClass) : ICommand<MultiChannelEndPointFind>
{
    /// <summary>The device class that means all.</summary>
    public const byte Any = 0xFF;

    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x0B);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelEndPointFind? command)
    {
        command = null;
        if (!payload.TryReadByte(out var generic) || !payload.TryReadByte(out var specific)) return DecodeError.Truncated;
        command = new(generic, specific);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(GenericDeviceClass);
        payload.WriteByte(SpecificDeviceClass);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("genericDeviceClass", (long)GenericDeviceClass);
        fields.Number("specificDeviceClass", (long)SpecificDeviceClass);
    }
}

/// <summary>Multi Channel End Point Find Report (0x60 0x0C): the endpoints of a device class.</summary>
/// <remarks>
/// byte 0   reports to follow
/// byte 1   generic device class asked for
/// byte 2   specific device class asked for
/// byte 3.. bits 6..0 endpoint each; a single 0 means none
/// Source: transport encapsulation specification.
/// </remarks>
public sealed record MultiChannelEndPointFindReport(
    byte ReportsToFollow, byte GenericDeviceClass, byte SpecificDeviceClass, IReadOnlyList<EndpointIndex> EndPoints)
    : ICommand<MultiChannelEndPointFindReport>, IPartialReport
{
    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x0C);

    public int PartKey => (GenericDeviceClass << 8) | SpecificDeviceClass;

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelEndPointFindReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var follow) || !payload.TryReadByte(out var generic) || !payload.TryReadByte(out var specific))
        {
            return DecodeError.Truncated;
        }

        command = new(follow, generic, specific, ReadEndPoints(payload.ReadRemaining()));
        return DecodeError.None;
    }

    public ICommand JoinAfter(ICommand earlier) =>
        earlier is MultiChannelEndPointFindReport first ? this with { EndPoints = [.. first.EndPoints, .. EndPoints] } : this;

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte(ReportsToFollow);
        payload.WriteByte(GenericDeviceClass);
        payload.WriteByte(SpecificDeviceClass);
        if (EndPoints.Count == 0) payload.WriteByte(0);
        foreach (var endPoint in EndPoints) payload.WriteByte(endPoint.Value);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("reportsToFollow", (long)ReportsToFollow);
        fields.Number("genericDeviceClass", (long)GenericDeviceClass);
        fields.Number("specificDeviceClass", (long)SpecificDeviceClass);
        fields.Numbers("endPoints", EndPoints.Select(static endPoint => (int)endPoint.Value));
    }

    /// <summary>The numbers of a list; zeros say that there is none.</summary>
    private static EndpointIndex[] ReadEndPoints(ReadOnlySpan<byte> list)
    {
        var count = 0;
        foreach (var value in list) count += (value & MultiChannelCommandClass.EndPointMask) == 0 ? 0 : 1;
        if (count == 0) return [];
        var endPoints = new EndpointIndex[count];
        var next = 0;
        foreach (var value in list)
        {
            var number = (byte)(value & MultiChannelCommandClass.EndPointMask);
            if (number != 0) endPoints[next++] = new(number);
        }

        return endPoints;
    }
}
