using System.Globalization;
using Bridge.Mqtt;
using Bridge.ZWave;

namespace Bridge.Commands;

/// <summary>Why something failed, for people and for programs.</summary>
/// <param name="Code">snake_case: "node_no_ack", "invalid" …</param>
/// <param name="Text">One sentence.</param>
public sealed record CommandError(string Code, string Text)
{
    /// <summary>The message itself is wrong; sending it again does not help.</summary>
    public const string Invalid = "invalid";

    /// <summary>Too much is under way.</summary>
    public const string Busy = "queue_full";

    /// <summary>A newer message wants something else of the same property.</summary>
    public const string Superseded = "superseded";

    /// <summary>It came too late to be carried out.</summary>
    public const string Expired = "expired";

    /// <summary>A fault of this program; the log has it.</summary>
    public const string Fault = "internal_fault";

    /// <summary>In words for whoever sent the command; the network's own words where they tell more.</summary>
    public static CommandError Of(ZWaveException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var node = exception.Node is { } id ? $"node {id}" : "the node";
        return new(Snake(exception.Code), exception.Code switch
        {
            ZWaveErrorCode.NodeNoAck => $"{node} does not answer: out of reach, without power or asleep",
            ZWaveErrorCode.NodeTimeout => $"{node} took the command and did not answer",
            ZWaveErrorCode.NodeUnknown => $"{node} does not exist",
            ZWaveErrorCode.NotTransmitted => $"the controller could not send to {node}: radio busy or jammed",
            ZWaveErrorCode.Expired => $"{node} could not be reached in time; nothing is sent later",
            ZWaveErrorCode.Superseded => "a newer command took its place",
            ZWaveErrorCode.QueueFull => "too many commands are waiting",
            ZWaveErrorCode.LinkLost or ZWaveErrorCode.ControllerReset or ZWaveErrorCode.Cancelled => "the controller went away before it was done",
            ZWaveErrorCode.AckTimeout or ZWaveErrorCode.NakReceived or ZWaveErrorCode.CanReceived or ZWaveErrorCode.ResponseTimeout
                or ZWaveErrorCode.CallbackTimeout or ZWaveErrorCode.AbortIgnored => "the controller does not answer",
            ZWaveErrorCode.SecurityFailed => $"the encrypted exchange with {node} failed",
            _ => exception.Message,
        });
    }

    /// <summary>The word of a code.</summary>
    public static string CodeOf(ZWaveErrorCode code) => Snake(code);

    private static string Snake(ZWaveErrorCode code) =>
        string.Concat(code.ToString().Select(static (letter, index) =>
            char.IsUpper(letter) ? (index > 0 ? "_" : string.Empty) + char.ToLower(letter, CultureInfo.InvariantCulture) : letter.ToString()));
}

/// <summary>How a command or request ended.</summary>
/// <param name="Data">What is known now, by property, as the state object shows it; with an error: what was done all the same.</param>
/// <param name="Error">Null: all of it was done.</param>
public sealed record CommandOutcome(IReadOnlyList<KeyValuePair<string, PayloadValue>> Data, CommandError? Error)
{
    /// <summary>Done.</summary>
    public static CommandOutcome Ok(params KeyValuePair<string, PayloadValue>[] data) => new(data, null);

    /// <summary>Refused before anything was done.</summary>
    public static CommandOutcome Refused(string text, string code = CommandError.Invalid) => new([], new(code, text));

    /// <summary>Given up because the program ends.</summary>
    public static CommandOutcome Stopping() => Refused("the bridge is stopping", "cancelled");

    /// <summary>A fault of ours: the log tells more than the sender could use.</summary>
    public static CommandOutcome Faulty() => Refused("a fault of the bridge; its log tells more", CommandError.Fault);

    /// <summary>Not done: all faults in one text.</summary>
    public static CommandOutcome Refused(IEnumerable<string> faults) => Refused(string.Join("; ", faults));
}
