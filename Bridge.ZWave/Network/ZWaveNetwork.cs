using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Serial;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Network;

/// <summary>
/// A Z-Wave network through one controller: its nodes, their values, and what can be done with them. Once started it keeps itself going: a stick that is
/// pulled, jams or resets itself is set up again; nodes are interviewed, read again and pinged without being asked to.
/// </summary>
/// <remarks>
/// Threads: all members may be used by any thread. The observer is called on the network's loop and must not block; inside it, and inside
/// <see cref="ReadAsync"/>, nodes and values may be read directly.
/// </remarks>
public sealed class ZWaveNetwork : IAsyncDisposable
{
    private readonly NetworkContext _context;
    private readonly CancellationTokenSource _stopping = new();
    private readonly NetworkSecurity _security;
    private readonly CommandSender _sender;
    private readonly CommandExchange _exchange;
    private readonly NodeLiveness _liveness;
    private readonly NetworkPersistence _persistence;
    private readonly SwitchControl _switches;
    private readonly MeterControl _meters;
    private readonly ConfigurationControl _configuration;
    private readonly DeviceControl _devices;
    private readonly AssociationControl _associations;
    private readonly NodeCare _care;
    private readonly Poller _poller;
    private readonly INetworkObserver _observer;
    private readonly NetworkSupervisor _supervisor;
    private Task _running = Task.CompletedTask;

    public ZWaveNetwork(ZWaveNetworkOptions options, INetworkObserver observer, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        ArgumentNullException.ThrowIfNull(logger);
        var session = new SerialApiSession(options.Transport, options.SessionTimeouts, options.Time, logger);
        _context = new(session, options.Devices, options.Timeouts, options.Time, logger);
        Stopping = _stopping.Token;
        observer = new ShownNodes(_context, observer);
        _security = new(_context, options.Keys);
        _sender = new(_context, _security);
        _exchange = new(_context, _sender);
        _liveness = new(_context, _sender);
        _persistence = new(_context, options.Store);
        var orders = new EndpointOrders(_context);
        var refresh = new EndpointRefresh(_context, _exchange, orders, _stopping.Token);
        var guard = new MeterGuard(_context, new(_context, ConfirmAsync, _stopping.Token), observer);
        _meters = new(_context, _exchange, guard);
        _configuration = new(_context, _exchange);
        _switches = new(_context, _exchange, refresh, _configuration);
        _devices = new(_context, _exchange, _configuration);
        _associations = new(_context, _exchange);
        var overloads = new OverloadWatch(_context, _exchange, _configuration, _stopping.Token);
        _observer = observer;
        var model = new NodeModel(_context);
        var receiver = new CommandReceiver(_context, _security, _sender, _exchange, _liveness, model, guard);
        NodeInformation = new(_context, _sender);
        var interviewer = new Interviewer(_context, _exchange, NodeInformation, new(_context, _exchange, _security));
        _care = new(_context, interviewer, model, observer, _persistence, _stopping.Token);
        _poller = new(_context, PollAsync, _stopping.Token);
        Membership = new(_context, _care, _persistence, observer);
        var startup = new ControllerStartup(_context, options.UseSoftReset, options.Keys is not null);
        _supervisor = new(_context, startup, _security, _sender, _care, Membership, _persistence, observer);
        var dispatcher = new FrameDispatcher(_context, receiver, model, NodeInformation, _liveness, _supervisor);

        session.UnsolicitedFrame = dispatcher.OnFrame;
        _context.Values.Updated += update => { _persistence.Touch(); observer.ValueUpdated(update); };
        _liveness.Changed += (node, before) => { _care.OnStatusChanged(node, before); observer.NodeStatusChanged(node, before); };
        _switches.Switched += overloads.OnSwitched;
        orders.Observed += node => { _persistence.Touch(); observer.NodeChanged(node); };
        // Later: the observer hears of a node before it hears of its values.
        model.Described += node => _context.Loop.Post(() => overloads.Consider(node));
        interviewer.Progressed += node => { overloads.Consider(node); refresh.ConsiderOrder(node); };
        interviewer.Progressed += node => { _persistence.Touch(); observer.InterviewProgressed(node); };
        _care.Attended += _poller.Plan;
        _care.Left += node =>
        {
            _poller.Forget(node);
            guard.Forget(node.Id);
            receiver.Forget(node.Id);
            _exchange.Forget(node.Id);
            _security.Forget(node.Id);
            _liveness.Forget(node.Id);
        };
        model.Changed += node => { _persistence.Touch(); observer.NodeChanged(node); };
        receiver.Received += (received, isUnsolicited) => _poller.OnReceived(received, isUnsolicited);
        receiver.Received += (received, _) => CommandReceived?.Invoke(received);
        receiver.Received += (received, isUnsolicited) => { _care.OnReceived(received, isUnsolicited, refresh); observer.CommandReceived(received); };
    }

    /// <summary>Counters of the line.</summary>
    public SessionCounters SessionCounters => _context.Session.Counters;

    /// <summary>Nodes and values. To be read on the network's loop only: in an observer, or inside <see cref="ReadAsync"/>.</summary>
    public INetworkView View => _context;

    /// <summary>Counters of the air.</summary>
    public NetworkCounters Counters => _context.Counters;

    /// <summary>For what stands on the network (Inclusion, Upkeep, Firmware); to be used on the loop.</summary>
    internal NetworkContext Context => _context;

    internal CommandSender Sender => _sender;

    internal CommandExchange Exchange => _exchange;

    internal NodeCare Care => _care;

    internal NodeMembership Membership { get; }

    /// <summary>A command of a node came in, complete and credible.</summary>
    internal event Action<ReceivedCommand>? CommandReceived;

    internal NetworkSupervisor Supervisor => _supervisor;

    internal NetworkSecurity Security => _security;

    internal NodeInformationSource NodeInformation { get; }

    /// <summary>The network is left; may also be asked afterwards.</summary>
    internal CancellationToken Stopping { get; }

    /// <summary>Starts and returns at once; the observer tells what comes of it.</summary>
    public void Start() => _running = _supervisor.RunAsync(_stopping.Token);

    /// <summary>Commands that wait for the radio. To be read on the network's loop only.</summary>
    public int QueuedCommands => _context.Queue.Count;

    /// <summary>Runs an action on the network's loop; at once when already there.</summary>
    public Task OnLoopAsync(Action action) => _context.Loop.ReadAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Runs a function on the network's loop, where nodes and values may be read.</summary>
    public Task<T> ReadAsync<T>(Func<INetworkView, T> read) => _context.Loop.ReadAsync(() => read(_context));

    /// <summary>Switches a relay. Returns when the device confirmed the new state: by Supervision, a report, or read back.</summary>
    /// <returns>The confirmed state.</returns>
    /// <exception cref="ZWaveException">Not delivered, refused, not confirmed, or superseded by a newer command for the same relay.</exception>
    public Task<bool> SetSwitchAsync(NodeId node, EndpointIndex endpoint, bool isOn, CancellationToken cancellationToken = default) =>
        SetSwitchAsync(node, endpoint, isOn, null, cancellationToken);

    /// <summary>Switches a relay, or does not: a command that could not be sent within <paramref name="expiry"/> is refused, never sent late.</summary>
    /// <param name="expiry">Null, or longer than the usual limit of a user's command: that limit.</param>
    /// <returns>The confirmed state.</returns>
    /// <exception cref="ZWaveException">Not sent in time, not delivered, refused, not confirmed, or superseded by a newer command.</exception>
    public Task<bool> SetSwitchAsync(NodeId node, EndpointIndex endpoint, bool isOn, TimeSpan? expiry, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _switches.SetAsync(found, endpoint, isOn, expiry, cancellationToken));

    /// <summary>Writes a configuration parameter and reads it back.</summary>
    /// <returns>What the device says after the write.</returns>
    /// <exception cref="ZWaveException">Out of range (the message tells the range), not delivered, refused, or read back different.</exception>
    public Task<long> SetParameterAsync(NodeId node, int number, long value, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _configuration.WriteAsync(found, number, value, cancellationToken));

    /// <summary>Reads a configuration parameter from the device.</summary>
    /// <exception cref="ZWaveException">Not delivered, or the device does not answer for this parameter.</exception>
    public Task<long> GetParameterAsync(NodeId node, int number, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _configuration.ReadAsync(found, number, cancellationToken));

    /// <summary>Reads every scale of an endpoint's meter.</summary>
    /// <returns>How many readings came.</returns>
    /// <exception cref="ZWaveException">There is no meter, or the node does not answer.</exception>
    public Task<int> ReadMeterAsync(NodeId node, EndpointIndex endpoint, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _meters.ReadAsync(found, endpoint, SendPriority.User, static _ => true, cancellationToken));

    /// <summary>Sets the accumulated readings of an endpoint to zero and reads them again.</summary>
    /// <exception cref="ZWaveException">There is no meter, it cannot be reset, or the node does not answer.</exception>
    public Task ResetMeterAsync(NodeId node, EndpointIndex endpoint, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, async found =>
        {
            await _meters.ResetAsync(found, endpoint, cancellationToken);
            return true;
        });

    /// <summary>Says who may operate the device by hand (0 everybody, 1 by sequence, 2 nobody) and reads it back.</summary>
    /// <returns>The confirmed state.</returns>
    /// <exception cref="ZWaveException">No such class or state, not delivered, refused, or read back different.</exception>
    public Task<long> SetProtectionAsync(NodeId node, long localState, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _devices.SetProtectionAsync(found, localState, cancellationToken));

    /// <summary>Makes the device show which one it is (it blinks three times).</summary>
    /// <exception cref="ZWaveException">It cannot, or it was not delivered or refused.</exception>
    public Task IdentifyAsync(NodeId node, EndpointIndex endpoint, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _devices.IdentifyAsync(found, endpoint, cancellationToken));

    /// <summary>Sets every configuration parameter back to its factory default and reads them again.</summary>
    /// <exception cref="ZWaveException">The device has no such function, or it was not delivered, refused or not confirmed.</exception>
    public Task ResetConfigurationAsync(NodeId node, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _devices.ResetConfigurationAsync(found, cancellationToken));

    /// <summary>Reads the association groups of an endpoint (0 = the node itself) from the device.</summary>
    /// <exception cref="ZWaveException">It has no groups, or the node does not answer.</exception>
    public Task<IReadOnlyList<AssociationGroup>> GetAssociationsAsync(
        NodeId node, EndpointIndex endpoint, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _associations.ReadAsync(found, endpoint, cancellationToken));

    /// <summary>
    /// Takes members out of a group, then puts members in, and reads the group back: what the device made of it is the result, also where it ignored something
    /// (a full group).
    /// </summary>
    /// <exception cref="ZWaveException">No such group, a member the device cannot hold, not delivered, refused, or not told afterwards.</exception>
    public Task<AssociationGroup> ChangeAssociationsAsync(
        NodeId node, EndpointIndex endpoint, int group, IReadOnlyList<AssociationMember> add, IReadOnlyList<AssociationMember> remove,
        CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, found => _associations.ChangeAsync(found, endpoint, group, add, remove, cancellationToken));

    /// <summary>Takes what the user chose for a node; it counts from now on. The observer is told that the node changed.</summary>
    public Task ApplySettingsAsync(NodeId node, NodeSettings settings) => OnNodeAsync(node, found =>
    {
        found.Settings = settings;
        _poller.Plan(found);
        _observer.NodeChanged(found);
        return Task.FromResult(true);
    });

    /// <summary>Sends any Set-type command. True: confirmed by Supervision; false: delivered.</summary>
    /// <exception cref="ZWaveException">Not delivered or refused.</exception>
    public Task<bool> SendAsync(NodeId node, EndpointIndex endpoint, ICommand command, CancellationToken cancellationToken = default) =>
        OnNodeAsync(node, async found => await _exchange.SetAsync(found, endpoint, command, SendPriority.User, cancellationToken) switch
        {
            SetResult.Confirmed => true,
            SetResult.Refused => throw new ZWaveException(ZWaveErrorCode.NodeRefused, $"node {node} refused {command.Id}") { Node = node },
            _ => false,
        });

    /// <summary>Asks any question and waits for the report that answers it; null when the node acknowledges and does not answer.</summary>
    /// <exception cref="ZWaveException">Not delivered.</exception>
    public Task<TReport?> QueryAsync<TReport>(
        NodeId node, EndpointIndex endpoint, ICommand question, Func<TReport, bool>? isReply = null, CancellationToken cancellationToken = default)
        where TReport : class, ICommand =>
        OnNodeAsync(node, found => _exchange.QueryAsync(found, endpoint, question, SendPriority.User, cancellationToken, isReply));

    /// <summary>Is the node there? A frame without content; its acknowledgement is the answer.</summary>
    public Task<bool> PingAsync(NodeId node) =>
        OnNodeAsync(node, async found => await _sender.Send(SendItem.Ping(found.Id)) == SendOutcome.Acknowledged);

    /// <summary>Reads switches, meters and alarms of a node again. False: it stopped answering.</summary>
    public Task<bool> RefreshAsync(NodeId node) => OnNodeAsync(node, found => _care.RefreshAsync(found, SendPriority.User));

    /// <summary>Interviews a node from the beginning; what is known stays until it is told anew. False: it stopped answering.</summary>
    public Task<bool> InterviewAsync(NodeId node) => OnNodeAsync(node, _care.InterviewAgainAsync);

    /// <summary>Stops in good order: nothing is sent any more, what is known is written.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await _context.Loop.RunAsync(async () =>
        {
            _sender.Stop(SendOutcome.LinkLost);
            await _persistence.FlushAsync();
        });
        await _running;
        await _context.Session.DisposeAsync();
        // On the loop: what still ends there has to do with them.
        await OnLoopAsync(() =>
        {
            _sender.Dispose();
            _liveness.Dispose();
            _persistence.Dispose();
            _care.Dispose();
            _poller.Dispose();
        });
        _stopping.Dispose();
    }

    private Task<bool> ConfirmAsync(Node node, Endpoint endpoint, MeterReading reading) =>
        _meters.AskAsync(node, endpoint, reading, SendPriority.Confirmation, _stopping.Token);

    private async Task<bool> PollAsync(Node node, PollTarget target) => await _exchange.QueryAsync(
        node, target.Endpoint.Index, target.Question, target.IsAnswer, SendPriority.Poll, _stopping.Token) is not null;

    private Task<T> OnNodeAsync<T>(NodeId id, Func<Node, Task<T>> work) => _context.Loop.RunAsync(async () =>
    {
        if (View.FindNode(id) is { } node && id != _context.Identity?.NodeId) return await work(node);
        throw new ZWaveException(ZWaveErrorCode.NodeUnknown, $"node {id} does not exist") { Node = id };
    });
}
