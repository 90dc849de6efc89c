using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>Who goes first. Lower numbers are sent before higher ones; within one priority a node's commands keep their order.</summary>
public enum SendPriority
{
    /// <summary>What the layers below commands owe each other (nonces, answers to segments): nothing else can be sent without it.</summary>
    Protocol,

    /// <summary>Answers we owe a node that waits for them (Supervision Report).</summary>
    Answer,

    /// <summary>What a user asked for.</summary>
    User,

    /// <summary>Reading back what a user's command did.</summary>
    Confirmation,

    /// <summary>Getting to know a node.</summary>
    Interview,

    /// <summary>Refreshing values nobody asked for.</summary>
    Poll,

    /// <summary>Is a dead or silent node back?</summary>
    Ping,
}

/// <summary>How sending a command ended, as far as the radio knows.</summary>
public enum SendOutcome
{
    /// <summary>The node acknowledged the frame.</summary>
    Acknowledged,

    /// <summary>The node did not answer, after every retry.</summary>
    NoAcknowledgement,

    /// <summary>The controller could not send it: busy or jammed, after every retry. Says nothing about the node.</summary>
    NotSent,

    /// <summary>It waited longer than it was allowed to.</summary>
    Expired,

    /// <summary>A newer command for the same thing took its place.</summary>
    Superseded,

    /// <summary>Too many commands wait already.</summary>
    QueueFull,

    /// <summary>The stick is gone, or the command was given up when it came back.</summary>
    LinkLost,

    /// <summary>The command does not fit a frame of this controller.</summary>
    TooLong,

    /// <summary>The node has to be spoken to encrypted and gives no nonce for it. It is never sent in the clear instead.</summary>
    NotSecured,
}

/// <summary>One command on its way to a node.</summary>
public sealed class SendItem
{
    private readonly TaskCompletionSource<SendOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required NodeId Node { get; init; }

    public EndpointIndex Endpoint { get; init; }

    public required ICommand Command { get; init; }

    public required SendPriority Priority { get; init; }

    /// <summary>A queued item with the same node and key is superseded by this one; null: never.</summary>
    public string? ReplaceKey { get; init; }

    /// <summary>Timestamp after which it must not be sent any more; null: never expires.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>True for commands the node's pause after a switch applies to.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Asks the node to confirm execution by this session id; null: no Supervision.</summary>
    public byte? SupervisionSession { get; init; }

    /// <summary>The command with its layers inside the encryption, where the caller knows them; null: they are made of the other members.</summary>
    public ReadOnlyMemory<byte>? WrappedBytes { get; init; }

    /// <summary>How it is encrypted; null: as the node has it for the class of the command.</summary>
    public SecurityClass? SecurityClass { get; init; }

    /// <summary>Part of an exchange of keys: it is sent while everything else to the node waits.</summary>
    public bool IsConversation { get; init; }

    /// <summary>The node asks for it again when it did not get it: whether it could decrypt it is not waited for.</summary>
    public bool IsAskedForAgain { get; init; }

    /// <summary>True for a question: from its transmission on the node takes no other question until <see cref="ReleaseAnswer"/>.</summary>
    public bool OwesAnswer { get; init; }

    /// <summary>How often it is transmitted at most when the node does not acknowledge.</summary>
    public int MaximumAttempts { get; init; } = 3;

    /// <summary>Transmissions so far that the node did not acknowledge.</summary>
    public int Attempts { get; set; }

    /// <summary>Transmissions so far that the controller could not send.</summary>
    public int NotSentAttempts { get; set; }

    /// <summary>Timestamp before which it must not be sent (again).</summary>
    public long NotBefore { get; set; }

    /// <summary>Is the node there? A frame without content, tried once; its acknowledgement is the answer.</summary>
    public static SendItem Ping(NodeId node) =>
        new() { Node = node, Command = new NoOperation(), Priority = SendPriority.User, MaximumAttempts = 1 };

    /// <summary>Completed once, with the outcome.</summary>
    public Task<SendOutcome> Completion => _completion.Task;

    /// <summary>Order of arrival, given by the queue.</summary>
    internal long Sequence { get; set; }

    /// <summary>Its first frame, of two that Security 0 needs for it, is what is sent next.</summary>
    internal bool IsFirstOfTwo { get; set; }

    /// <summary>Its first frame is out: the second is what is sent next.</summary>
    internal bool IsSecondPart { get; set; }

    /// <summary>Nobody waits for its effect any more: it is not sent again.</summary>
    internal bool IsRetired { get; private set; }

    private bool _isBlocking;

    /// <summary>The question goes out now.</summary>
    internal void BlockForAnswer(SendQueue queue)
    {
        if (!OwesAnswer || _isBlocking || IsRetired) return;
        _isBlocking = true;
        queue.Block(Node, Priority);
    }

    /// <summary>The answer came, or nobody waits for it any more.</summary>
    internal void ReleaseAnswer(SendQueue queue)
    {
        if (!_isBlocking) return;
        _isBlocking = false;
        queue.Unblock(Node, Priority);
    }

    /// <summary>Whoever sent it gave up, or has what was wanted.</summary>
    internal void Retire(SendQueue queue)
    {
        IsRetired = true;
        ReleaseAnswer(queue);
    }

    public void Complete(SendOutcome outcome) => _completion.TrySetResult(outcome);
}
