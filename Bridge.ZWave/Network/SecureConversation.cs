using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Security;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Network;

/// <summary>The one conversation there can be at a time, over the usual way of commands.</summary>
internal sealed class SecureConversation : ISecureConversation
{
    private const int MaximumWaiting = 64;

    private readonly NetworkContext _context;
    private readonly NetworkSecurity _security;
    private readonly CommandSender _sender;
    private readonly Queue<SecureCommand> _received = new();
    private TaskCompletionSource _arrived = NewSignal();

    private SecureConversation(NetworkContext context, NetworkSecurity security, CommandSender sender, NodeId node)
    {
        (_context, _security, _sender, Node) = (context, security, sender, node);
        security.Conversation = this;
        context.Queue.Reserve(node);
    }

    public NodeId Node { get; }

    /// <summary>Begins a conversation with a node of the network.</summary>
    /// <exception cref="ZWaveException">There are no keys, or another exchange is under way.</exception>
    public static SecureConversation Begin(NetworkContext context, NetworkSecurity security, CommandSender sender, NodeId node)
    {
        if (!security.HasKeys || security.S2 is null) throw new ZWaveException(ZWaveErrorCode.SecurityFailed, "there are no keys") { Node = node };
        if (security.Conversation is { } other)
        {
            throw new ZWaveException(ZWaveErrorCode.NotReady, $"keys are being exchanged with node {other.Node}") { Node = node };
        }

        return new(context, security, sender, node);
    }

    public async Task<SendOutcome> SendAsync(ICommand command, SecurityClass securityClass, CancellationToken cancellationToken)
    {
        var item = new SendItem
        {
            Node = Node,
            Command = command,
            Priority = SendPriority.Answer,
            SecurityClass = securityClass,
            IsConversation = true,
        };
        cancellationToken.ThrowIfCancellationRequested();
        return await _sender.Send(item);
    }

    public async Task<SecureCommand?> ReceiveAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var began = _context.Time.GetTimestamp();
        while (true)
        {
            if (_received.TryDequeue(out var command)) return command;
            var left = limit - _context.Time.GetElapsedTime(began);
            _arrived = NewSignal();
            if (left <= TimeSpan.Zero || !await _context.IsFirstAsync(_arrived.Task, left, cancellationToken)) return null;
        }
    }

    public void SetTemporaryKeys(Security2Keys? keys) => _security.S2?.SetTemporaryKeys(Node, keys);

    public void UseZeroKey(bool isOn) => _security.S0?.UseZeroKey(Node, isOn);

    public void SetClass(SecurityClass? securityClass) => _security.S2?.SetClass(Node, securityClass ?? SecurityClass.None);

    /// <summary>The node said something.</summary>
    public void Offer(SecureCommand command)
    {
        if (_received.Count >= MaximumWaiting) return;
        _received.Enqueue(command);
        _arrived.TrySetResult();
    }

    /// <summary>A frame of a node could not be decrypted although it had the nonce for it.</summary>
    public void NoteNotDecrypted(NodeId node)
    {
        if (node == Node) Offer(default);
    }

    public void Dispose()
    {
        if (_security.Conversation != this) return;
        _security.Conversation = null;
        SetTemporaryKeys(null);
        UseZeroKey(false);
        _context.Queue.Reserve(NodeId.None);
        if (_context.FindNode(Node) is { } node) _security.Consider(node);
        _sender.Wake();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
