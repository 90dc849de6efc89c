using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Supervision (0x6C, V1-V2): a command whose execution is confirmed.</summary>
public static class SupervisionCommandClass
{
    public static readonly CommandClassId Id = new(0x6C);

    public static readonly CommandClassDefinition Definition = new(Id, "SUPERVISION", ImplementedVersion: 2,
    [
        CommandDefinition.Of<SupervisionGet>("SUPERVISION_GET"),
        CommandDefinition.Of<SupervisionReport>("SUPERVISION_REPORT"),
    ]);

    /// <summary>Session ids are 0 to 63.</summary>
    public const byte SessionIdMask = 0x3F;
}

/// <summary>How far the supervised command has come.</summary>
public enum SupervisionStatus : byte
{
    /// <summary>The receiver does not know the command: send it without Supervision from now on.</summary>
    NoSupport = 0x00,

    /// <summary>Accepted, still being carried out; final when no updates follow.</summary>
    Working = 0x01,

    /// <summary>Refused or failed: nothing has changed.</summary>
    Fail = 0x02,

    /// <summary>The receiver could not take the command now.</summary>
    Busy = 0x03,

    /// <summary>Carried out.</summary>
    Success = 0xFF,
}

/// <summary>Supervision Get (0x6C 0x01): carry out the command and say how it went.</summary>
/// <remarks>
/// byte 0   bit 7 status updates wanted; bits 5..0 session id
/// byte 1   length n of the command
/// byte 2.. the command, n bytes
/// Single cast only, never around a Get or another Supervision. Source: transport encapsulation specification, Supervision Get.
/// </remarks>
public sealed record SupervisionGet(bool StatusUpdates, byte SessionId, ReadOnlyMemory<byte> Command) : ICommand<SupervisionGet>
{
    internal const byte StatusUpdatesFlag = 0x80;

    public static CommandId CommandId => new(SupervisionCommandClass.Id, 0x01);

    public static DecodeError TryDecode(ref PayloadReader payload, out SupervisionGet? command)
    {
        command = null;
        var error = TryRead(ref payload, out var statusUpdates, out var sessionId, out var inner);
        if (error != DecodeError.None) return error;
        command = new(statusUpdates, sessionId, inner.ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteByte((byte)((SessionId & SupervisionCommandClass.SessionIdMask) | (StatusUpdates ? StatusUpdatesFlag : 0)));
        payload.WriteByte(checked((byte)Command.Length));
        payload.WriteBytes(Command.Span);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("statusUpdates", StatusUpdates);
        fields.Number("sessionId", (long)SessionId);
        fields.Number("encapsulatedCommandLength", (long)Command.Length);
        fields.Encapsulated("encapsulated", Command.Span);
    }

    /// <summary>The fields without a copy of the command.</summary>
    internal static DecodeError TryRead(
        scoped ref PayloadReader payload, out bool statusUpdates, out byte sessionId, out ReadOnlySpan<byte> command)
    {
        statusUpdates = false;
        sessionId = 0;
        command = default;
        if (!payload.TryReadByte(out var flags) || !payload.TryReadByte(out var length) || length == 0) return DecodeError.Truncated;
        if (!payload.TryReadBytes(length, out command)) return DecodeError.Truncated;
        statusUpdates = (flags & StatusUpdatesFlag) != 0;
        sessionId = (byte)(flags & SupervisionCommandClass.SessionIdMask);
        return DecodeError.None;
    }
}

/// <summary>Supervision Report (0x6C 0x02): how the supervised command went.</summary>
/// <remarks>
/// byte 0  bit 7 more status updates follow; bit 6 the asker shall wake up more often (since V2); bits 5..0 session id
/// byte 1  status
/// byte 2  duration left while working
/// Source: transport encapsulation specification, Supervision Report.
/// </remarks>
public sealed record SupervisionReport(
    byte SessionId, SupervisionStatus Status, Duration Duration = default, bool MoreStatusUpdates = false, bool WakeUpRequest = false)
    : ICommand<SupervisionReport>
{
    private const byte MoreStatusUpdatesFlag = 0x80;
    private const byte WakeUpRequestFlag = 0x40;

    public static CommandId CommandId => new(SupervisionCommandClass.Id, 0x02);

    public static DecodeError TryDecode(ref PayloadReader payload, out SupervisionReport? command)
    {
        command = null;
        if (!payload.TryReadByte(out var flags) || !payload.TryReadByte(out var status) || !payload.TryReadByte(out var duration))
        {
            return DecodeError.Truncated;
        }

        command = new(
            (byte)(flags & SupervisionCommandClass.SessionIdMask), (SupervisionStatus)status, new Duration(duration),
            (flags & MoreStatusUpdatesFlag) != 0, (flags & WakeUpRequestFlag) != 0);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        var wakeUp = WakeUpRequest && context.Version >= 2;
        payload.WriteByte((byte)((SessionId & SupervisionCommandClass.SessionIdMask)
            | (MoreStatusUpdates ? MoreStatusUpdatesFlag : 0) | (wakeUp ? WakeUpRequestFlag : 0)));
        payload.WriteByte((byte)Status);
        payload.WriteByte(Duration.Raw);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Flag("moreStatusUpdates", MoreStatusUpdates);
        fields.Flag("wakeUpRequest", WakeUpRequest);
        fields.Number("sessionId", (long)SessionId);
        fields.Number("status", (long)Status);
        fields.DurationInReport(Duration);
    }
}
