using Bridge.ZWave.Network;
using Bridge.ZWave.Wire;

namespace Bridge.Publishing;

/// <summary>The words MQTT has for what the network says. Users script against them.</summary>
public static class StatusWords
{
    /// <summary>starting, ready, unplugged, jammed.</summary>
    public static string Of(ControllerStatus status) => status switch
    {
        ControllerStatus.Ready => "ready",
        ControllerStatus.Unplugged => "unplugged",
        ControllerStatus.Jammed => "jammed",
        _ => "starting",
    };

    /// <summary>none, running, complete, failed.</summary>
    public static string Of(InterviewState state) => state switch
    {
        InterviewState.Running => "running",
        InterviewState.Complete => "complete",
        InterviewState.Failed => "failed",
        _ => "none",
    };

    /// <summary>Eight hex digits in lower case, "e1a2b3c4"; null: not known.</summary>
    public static string? Of(HomeId? homeId) => homeId?.ToString().ToLowerInvariant();
}
