namespace Bridge.ZWave.Serial;

/// <summary>What other threads ask of the session's loop.</summary>
internal enum SessionMessageKind
{
    Submit,
    Abandon,
    FailPending,
    ExpectDamagedAck,
    Reopen,
}

/// <summary>One such wish; they are taken in the order they were posted.</summary>
internal readonly record struct SessionMessage(
    SessionMessageKind Kind, PendingCommand? Command = null, ZWaveErrorCode Code = ZWaveErrorCode.None, string Text = "");
