namespace Bridge.ZWave.Serial;

/// <summary>
/// How long the session waits for what. Acknowledge, FrameReceive and the backoffs are rules of the Serial API, the others practice of hosts.
/// </summary>
public sealed record SessionTimeouts
{
    public static readonly SessionTimeouts Default = new();

    /// <summary>From the last byte written to ACK, NAK or CAN. Elapses: the frame counts as lost and is sent again after the backoff.</summary>
    public TimeSpan Acknowledge { get; init; } = TimeSpan.FromMilliseconds(1600);

    /// <summary>From a start byte to the checksum of that frame. Elapses: what was received is noise, without NAK; reading goes on.</summary>
    public TimeSpan FrameReceive { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Before the second transmission of a frame. Elapses: it is sent again.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What every further backoff is longer. Elapses: the frame is sent again.</summary>
    public TimeSpan BackoffStep { get; init; } = TimeSpan.FromMilliseconds(1000);

    /// <summary>Transmissions of a frame in all. Reached without an ACK: the request fails and the line counts as jammed (not after CAN).</summary>
    public int Transmissions { get; init; } = 3;

    /// <summary>
    /// From ACK to RES. Elapses: the request fails with <see cref="ZWaveErrorCode.ResponseTimeout"/>; a transmission that can be aborted is aborted
    /// and its callback awaited for <see cref="AbortGrace"/>.
    /// </summary>
    public TimeSpan Response { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// From RES (or the callback before) to the next callback of a request that cannot be aborted, unless the caller names another limit.
    /// Elapses: the request fails with <see cref="ZWaveErrorCode.CallbackTimeout"/>.
    /// </summary>
    public TimeSpan Callback { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>
    /// From RES to the callback of a transmission that can be aborted, unless the caller names another limit. Elapses: it is aborted and its
    /// callback awaited for <see cref="AbortGrace"/>.
    /// </summary>
    public TimeSpan TransmitCallback { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// From the decision to abort to the callback. Elapses: the request fails with <see cref="ZWaveErrorCode.AbortIgnored"/>; reset the module.
    /// </summary>
    public TimeSpan AbortGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After a transmission was refused because the module's queue is full. Elapses: it is offered again.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a refused transmission is offered again. Reached: the request fails with <see cref="ZWaveErrorCode.Refused"/>.</summary>
    public int RefusedRetries { get; init; } = 3;

    /// <summary>Input after opening the line that is thrown away. Elapses: the session is open.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>For handing a frame to the line. Elapses: the line counts as broken and is opened anew.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before the first try to reopen a broken line; doubles with every try. Elapses: the line is opened.</summary>
    public TimeSpan FirstReopen { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two tries to reopen. Elapses: the line is opened.</summary>
    public TimeSpan LongestReopen { get; init; } = TimeSpan.FromSeconds(30);
}
