using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Application Status (0x22, V1): a node says why it did not do what it was told.</summary>
public static class ApplicationStatusCommandClass
{
    public static readonly CommandClassId Id = new(0x22);

    public static readonly CommandClassDefinition Definition = new(Id, "APPLICATION_STATUS", ImplementedVersion: 1,
    [
        CommandDefinition.Of<ApplicationBusy>("APPLICATION_BUSY"),
        CommandDefinition.Of<ApplicationRejectedRequest>("APPLICATION_REJECTED_REQUEST"),
    ]);
}

/// <summary>What a busy node wants. Numbers not named here are kept as they come.</summary>
public enum ApplicationBusyStatus : byte
{
    /// <summary>The command has to be repeated some time later.</summary>
    TryAgainLater = 0,

    /// <summary>The command has to be repeated after the wait time.</summary>
    TryAgainAfterWait = 1,

    /// <summary>The command was kept and will be done; it must not be repeated.</summary>
    Queued = 2,
}

/// <summary>Application Busy (0x22 0x01): the node has no time for the latest command.</summary>
/// <remarks>
/// byte 0  status: 00 try again later, 01 try again after the wait time, 02 queued
/// byte 1  wait time in seconds; has a meaning with status 01 only
/// Source: application command class specification, Application Busy.
/// </remarks>
public sealed record ApplicationBusy(ApplicationBusyStatus Status, byte WaitTimeSeconds) : ICommand<ApplicationBusy>
{
    public static CommandId CommandId => new(ApplicationStatusCommandClass.Id, 0x01);

    /// <summary>How long to wait before the command is repeated; null when the node did not say or when it is queued.</summary>
    public TimeSpan? WaitTime => Status == ApplicationBusyStatus.TryAgainAfterWait ? TimeSpan.FromSeconds(WaitTimeSeconds) : null;

    public static DecodeError TryDecode(ref PayloadReader payload, out ApplicationBusy? command)
    {
        command = null;
        if (!payload.TryReadByte(out var status)) return DecodeError.Truncated;
        if (!payload.TryReadByte(out var waitTime)) return DecodeError.Truncated;
        command = new((ApplicationBusyStatus)status, waitTime);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)Status);
        payload.WriteByte(WaitTimeSeconds);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("status", (long)Status);
        fields.Number("waitTime", (long)WaitTimeSeconds);
    }
}

/// <summary>Application Rejected Request (0x22 0x02): the latest command was refused, as by protection.</summary>
/// <remarks>
/// byte 0  status: 00 rejected, others reserved
/// Source: application command class specification, Application Rejected Request.
/// </remarks>
public sealed record ApplicationRejectedRequest(byte Status = 0) : ICommand<ApplicationRejectedRequest>
{
    public static CommandId CommandId => new(ApplicationStatusCommandClass.Id, 0x02);

    public static DecodeError TryDecode(ref PayloadReader payload, out ApplicationRejectedRequest? command)
    {
        command = null;
        if (!payload.TryReadByte(out var status)) return DecodeError.Truncated;
        command = new(status);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteByte(Status);

    public void Describe(FieldWriter fields) => fields.Number("status", (long)Status);
}
