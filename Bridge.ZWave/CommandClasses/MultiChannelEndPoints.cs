using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Multi Channel End Point Get (0x60 0x07): ask how many endpoints there are. No parameters.</summary>
public sealed record MultiChannelEndPointGet : EmptyCommand<MultiChannelEndPointGet>, ICommand<MultiChannelEndPointGet>
{
    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x07);
}

/// <summary>Multi Channel End Point Report (0x60 0x08): how many endpoints the node has.</summary>
/// <remarks>
/// byte 0  bit 7 the number changes while the node runs; bit 6 all individual endpoints have the same classes; rest reserved
/// byte 1  bits 6..0 individual endpoints, numbered from 1
/// byte 2  bits 6..0 aggregated endpoints, numbered after the individual ones                             since V4
/// Source: transport encapsulation specification, Multi Channel End Point Report.
/// </remarks>
public sealed record MultiChannelEndPointReport(
    bool IsDynamic, bool IsIdentical, byte IndividualEndPoints, byte? AggregatedEndPoints = null)
    : ICommand<MultiChannelEndPointReport>, IValueReport
{
    private const byte DynamicFlag = 0x80;
    private const byte IdenticalFlag = 0x40;

    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x08);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelEndPointReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags) || !payload.TryReadByte(out var individual)) return DecodeError.Truncated;
        byte? aggregated = payload.TryReadByte(out var last) ? (byte)(last & MultiChannelCommandClass.EndPointMask) : null;
        individual &= MultiChannelCommandClass.EndPointMask;
        command = new((flags & DynamicFlag) != 0, (flags & IdenticalFlag) != 0, individual, aggregated);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)((IsDynamic ? DynamicFlag : 0) | (IsIdentical ? IdenticalFlag : 0)));
        payload.WriteByte((byte)(IndividualEndPoints & MultiChannelCommandClass.EndPointMask));
        if (context.Version >= 4 && AggregatedEndPoints is { } aggregated)
        {
            payload.WriteByte((byte)(aggregated & MultiChannelCommandClass.EndPointMask));
        }
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("dynamic", IsDynamic);
        fields.Flag("identical", IsIdentical);
        fields.Number("individualEndPoints", (long)IndividualEndPoints);
        fields.Number("aggregatedEndPoints", (long?)AggregatedEndPoints);
    }

    public void CollectValues(IValueSink values)
    {
        values.Set(MultiChannelCommandClass.EndpointCount, Value.Of(IndividualEndPoints));
        if (AggregatedEndPoints is { } aggregated) values.Set(MultiChannelCommandClass.AggregatedCount, Value.Of(aggregated));
        values.Set(MultiChannelCommandClass.IsIdentical, Value.Of(IsIdentical));
        values.Set(MultiChannelCommandClass.IsDynamic, Value.Of(IsDynamic));
    }
}

/// <summary>Multi Channel Capability Get (0x60 0x09): ask what an endpoint is.</summary>
/// <remarks>byte 0  bits 6..0 endpoint, bit 7 reserved. Source: transport encapsulation specification.</remarks>
public sealed record MultiChannelCapabilityGet(EndpointIndex EndPoint) : ICommand<MultiChannelCapabilityGet>
{
    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x09);

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelCapabilityGet? command)
    {
        command = null;
        if (!payload.TryReadByte(out var endPoint)) return DecodeError.Truncated;
        command = new(new EndpointIndex((byte)(endPoint & MultiChannelCommandClass.EndPointMask)));
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) =>
        payload.WriteByte((byte)(EndPoint.Value & MultiChannelCommandClass.EndPointMask));

    public void Describe(FieldWriter fields) => fields.Number("endPoint", (long)EndPoint.Value);
}

/// <summary>Multi Channel Capability Report (0x60 0x0A): device class and command classes of an endpoint.</summary>
/// <remarks>
/// byte 0   bit 7 the endpoint is dynamic; bits 6..0 endpoint
/// byte 1   generic device class
/// byte 2   specific device class
/// byte 3.. class list (EF separates controlled classes); may be empty
/// A dynamic endpoint with generic FF and specific 00 has been removed. Source: transport encapsulation specification.
/// </remarks>
public sealed record MultiChannelCapabilityReport(
    EndpointIndex EndPoint, bool IsDynamic, byte GenericDeviceClass, byte SpecificDeviceClass,
    IReadOnlyList<CommandClassId> CommandClasses, IReadOnlyList<CommandClassId>? ControlledClasses = null)
    : ICommand<MultiChannelCapabilityReport>, IValueReport
{
    private const byte DynamicFlag = 0x80;
    private const byte RemovedGeneric = 0xFF;

    public static CommandId CommandId => new(MultiChannelCommandClass.Id, 0x0A);

    /// <summary>True when the node says that this endpoint is no longer there.</summary>
    public bool IsRemoved => IsDynamic && GenericDeviceClass == RemovedGeneric && SpecificDeviceClass == 0;

    public static DecodeError TryDecode(ref PayloadReader payload, out MultiChannelCapabilityReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var endPoint) || !payload.TryReadByte(out var generic) || !payload.TryReadByte(out var specific))
        {
            return DecodeError.Truncated;
        }

        CommandClassList.Read(payload.ReadRemaining(), out var supported, out var controlled);
        var index = new EndpointIndex((byte)(endPoint & MultiChannelCommandClass.EndPointMask));
        command = new(index, (endPoint & DynamicFlag) != 0, generic, specific, supported, controlled);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)((EndPoint.Value & MultiChannelCommandClass.EndPointMask) | (IsDynamic ? DynamicFlag : 0)));
        payload.WriteByte(GenericDeviceClass);
        payload.WriteByte(SpecificDeviceClass);
        CommandClassList.Write(ref payload, CommandClasses, ControlledClasses);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("endPoint", (long)EndPoint.Value);
        fields.Flag("dynamic", IsDynamic);
        fields.Number("genericDeviceClass", (long)GenericDeviceClass);
        fields.Number("specificDeviceClass", (long)SpecificDeviceClass);
        fields.CommandClasses("commandClasses", CommandClasses);
        if (ControlledClasses is not null) fields.CommandClasses("controlledCommandClasses", ControlledClasses);
    }

    public void CollectValues(IValueSink values)
    {
        Collect(values, EndPoint);
        // "Identical" speaks for all individual endpoints, so the node need not be asked for each of them.
        if (values.Read(MultiChannelCommandClass.IsIdentical).AsBoolean != true || IsRemoved) return;
        var count = Math.Min(values.Read(MultiChannelCommandClass.EndpointCount).AsInteger ?? 0, MultiChannelCommandClass.EndPointMask);
        if (EndPoint.Value > count) return;
        for (byte number = 1; number <= count; number++)
        {
            if (number != EndPoint.Value) Collect(values, new(number));
        }
    }

    private void Collect(IValueSink values, EndpointIndex endpoint)
    {
        values.Set(
            MultiChannelCommandClass.EndpointClasses(endpoint),
            IsRemoved ? Value.Unknown : Value.Of(CommandClasses.Select(static id => (int)id.Value).ToArray()));
        values.Set(MultiChannelCommandClass.EndpointGeneric(endpoint), IsRemoved ? Value.Unknown : Value.Of(GenericDeviceClass));
        values.Set(MultiChannelCommandClass.EndpointSpecific(endpoint), IsRemoved ? Value.Unknown : Value.Of(SpecificDeviceClass));
    }
}
