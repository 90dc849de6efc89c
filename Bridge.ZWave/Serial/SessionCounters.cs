namespace Bridge.ZWave.Serial;

/// <summary>What the session saw since it was made. Written by its loop, read by anyone; numbers only grow.</summary>
public sealed class SessionCounters
{
    /// <summary>Good data frames received.</summary>
    public long FramesReceived { get; internal set; }

    /// <summary>Data frames written, repetitions included.</summary>
    public long FramesSent { get; internal set; }

    /// <summary>Data frames written again because they were not acknowledged.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>Bytes that belonged to no frame.</summary>
    public long NoiseBytes { get; internal set; }

    /// <summary>Data frames with a wrong checksum, answered with NAK.</summary>
    public long BadChecksums { get; internal set; }

    /// <summary>NAKs received.</summary>
    public long Naks { get; internal set; }

    /// <summary>CANs received.</summary>
    public long Cans { get; internal set; }

    /// <summary>Frames without ACK, NAK or CAN in time.</summary>
    public long AckTimeouts { get; internal set; }

    /// <summary>Requests without RES in time.</summary>
    public long ResponseTimeouts { get; internal set; }

    /// <summary>Requests without callback in time.</summary>
    public long CallbackTimeouts { get; internal set; }

    /// <summary>Transmissions that were aborted.</summary>
    public long Aborts { get; internal set; }

    /// <summary>Requests the module refused, those offered again included.</summary>
    public long Refusals { get; internal set; }

    /// <summary>RES frames nobody waited for (late or of another function).</summary>
    public long UnknownResponses { get; internal set; }

    /// <summary>Callbacks of no request under way (late, or malformed).</summary>
    public long UnknownCallbacks { get; internal set; }

    /// <summary>Unsolicited frames handed on.</summary>
    public long Unsolicited { get; internal set; }

    /// <summary>Handlers that threw.</summary>
    public long HandlerFailures { get; internal set; }

    /// <summary>Times the line broke.</summary>
    public long LinkLosses { get; internal set; }

    /// <summary>Requests that failed, for whatever reason.</summary>
    public long FailedRequests { get; internal set; }
}
