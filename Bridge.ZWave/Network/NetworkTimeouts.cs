namespace Bridge.ZWave.Network;

/// <summary>Every waiting time of the network and what happens when it is over.</summary>
public sealed record NetworkTimeouts
{
    /// <summary>A node that acknowledged a question has this long (plus its measured round trip) to answer; then the question is asked again.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same for nodes that were too slow before.</summary>
    public TimeSpan SlowReply { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A transmission to a node that is usually reached fast is aborted and sent again after this time without a callback …
    /// </summary>
    public TimeSpan ShortestTransmission { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>… to any other node after this one.</summary>
    public TimeSpan LongestTransmission { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A node asked for its node information has this long; then it is asked again.</summary>
    public TimeSpan NodeInformation { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After a "not sent" of the controller the command is tried again after this pause, doubled after each further one.</summary>
    public TimeSpan NotSentPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After a missing acknowledgement the command is tried again after this pause.</summary>
    public TimeSpan NoAcknowledgementPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A user's command that could not be sent this long after it was given is refused, never sent late.</summary>
    public TimeSpan UserCommandExpiry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After a set without Supervision the state is asked for after this time, unless a report told it before.</summary>
    public TimeSpan ConfirmationDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A read-back that still tells the old state is repeated after this pause.</summary>
    public TimeSpan ConfirmationRetry { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A supervised command without any Supervision Report counts as unknown after this time and is confirmed by a Get.</summary>
    public TimeSpan Supervision { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A node asked for a nonce has this long to give one; then it is asked again.</summary>
    public TimeSpan Nonce { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A node that could not decrypt a command says so within this time (plus its round trip); then the command counts as delivered.</summary>
    public TimeSpan Decryption { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A dead node is pinged after this pause, doubled after each ping without an answer …</summary>
    public TimeSpan FirstPing { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>… up to this one.</summary>
    public TimeSpan LongestPing { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A listening node silent for this long is pinged.</summary>
    public TimeSpan SilenceBeforePing { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Changes are written to the store this long after the first one.</summary>
    public TimeSpan SaveDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An interview that failed is tried again after this pause, doubled after each failure up to <see cref="LongestPing"/>.</summary>
    public TimeSpan InterviewRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The module has this long after a soft reset to say it started; then it is asked.</summary>
    public TimeSpan SoftReset { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Several reasons to read endpoints again within this time become one reading.</summary>
    public TimeSpan EndpointRefresh { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A strange meter reading is asked about after this time, so that its own repetitions are over.</summary>
    public TimeSpan MeterConfirmation { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A meter that stays strange is asked again after this pause, doubled after each question …</summary>
    public TimeSpan MeterQuestionPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>… up to this one.</summary>
    public TimeSpan LongestMeterQuestionPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A meter that still tells the old reading after a reset is asked again after this pause, doubled after each question.</summary>
    public TimeSpan MeterResetRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Two polls are this far apart, whatever their nodes.</summary>
    public TimeSpan PollSpacing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Two polls of one node are this far apart.</summary>
    public TimeSpan NodePollSpacing { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A reading of a device that reports by itself is polled only when it was silent for this long.</summary>
    public TimeSpan SilenceBeforePoll { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Parts of one report may be this far apart.</summary>
    public TimeSpan ReportParts { get; init; } = TimeSpan.FromSeconds(10);
}
