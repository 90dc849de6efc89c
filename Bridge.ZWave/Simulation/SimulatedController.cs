using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;
using Microsoft.Extensions.Logging;

namespace Bridge.ZWave.Simulation;

/// <summary>
/// A Z-Wave controller that speaks the Serial API on bytes, for one host after another; it keeps its network and its settings between them, as a stick
/// does. Any thread may call the public members.
/// </summary>
public sealed class SimulatedController
{
    // Unread output above this ends the connection: the host does not read.
    private const int MaximumUnread = 1024 * 1024;

    private readonly SimulatedNetwork _network;
    private readonly SimulatedControllerOptions _options;
    private readonly ILogger _logger;
    private readonly SimulatedModule _module;
    private readonly ModuleTransmissions _transmissions;
    private readonly ModuleInclusion _inclusion;
    private readonly ISimulatedFunctions[] _functions;
    private readonly FunctionId[] _ids;
    private HostConnection? _host;
    private Appointment? _startUp;

    public SimulatedController(SimulatedNetwork network, ILogger logger, SimulatedControllerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        (_network, _logger, _options) = (network, logger, options ?? new());
        Faults = new(network.Agenda, this);
        Line = new(network.Agenda, Faults, _options.AnswersCollisionsWithCan) { FrameReceived = Handle };
        _module = new(network, _options, Faults, Line);
        _transmissions = new(_module);
        _inclusion = new(_module);
        _functions =
        [
            new ModuleInformation(_module, () => _ids!), new ModuleSetup(_module, Restart), _transmissions, new ModuleNetwork(_module),
            new ModuleRoutes(_module), new ModuleUpkeep(_module), _inclusion,
        ];
        _ids = [.. _functions.SelectMany(static group => group.Ids).Except(_options.MissingFunctions).OrderBy(static id => id.Value)];
        network.ControllerHears = _transmissions.Hear;
    }

    /// <summary>Faults to strike the host with.</summary>
    public SimulatedFaults Faults { get; }

    public SimulatedNetwork Network => _network;

    /// <summary>True as long as the receiver is on.</summary>
    public bool IsReceiving => _network.Agenda.Do(() => _module.IsReceiving);

    /// <summary>True between open and close of the memory.</summary>
    public bool IsMemoryOpen => _network.Agenda.Do(() => _module.IsMemoryOpen);

    /// <summary>A copy of the non-volatile memory.</summary>
    public byte[] ReadMemory() => _network.Agenda.Do(() => _module.Memory.ToArray());

    /// <summary>Changes a byte of the non-volatile memory, as the module does while it runs.</summary>
    public void WriteMemory(int offset, byte value) => _network.Agenda.Do(() => { _module.Memory[offset] = value; });

    internal SimulatedLine Line { get; }

    /// <summary>
    /// Serves a host until it goes, <paramref name="cancellationToken"/> says so, or another host takes its place. Disposes the stream.
    /// </summary>
    public async Task ServeAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var host = new HostConnection(stream, cancellationToken);
        _network.Agenda.Do(() =>
        {
            _host?.End();
            _host = host;
            Line.Connect(host.Write);
        });
        SimulationLog.HostCame(_logger);
        await host.RunAsync(bytes => _network.Agenda.Do(() =>
        {
            if (_host == host) Line.Receive(bytes.Span);
        }), MaximumUnread).ConfigureAwait(false);
        _network.Agenda.Do(() =>
        {
            if (_host != host) return;
            _host = null;
            Line.Connect(null);
        });
        SimulationLog.HostWent(_logger);
    }

    /// <summary>The module forgets and comes up again after its restart time.</summary>
    internal void Restart(WakeUpReason reason)
    {
        _module.Forget();
        _transmissions.Forget();
        _inclusion.Forget();
        Line.IsListening = false;
        _startUp?.Cancel();
        _startUp = _network.Agenda.After(_options.RestartTime, () =>
        {
            Line.IsListening = true;
            if (!_options.SaysStarted) return;
            _module.Tell(new SerialApiStartedRequest(reason, WatchdogStarted: false, DeviceOptions.Listening, 0x02, 0x07, [], null, SupportsLongRange: false));
        });
    }

    private void Handle(DataFrame frame)
    {
        if (!_ids.Contains(frame.Function))
        {
            SimulationLog.UnknownFunction(_logger, frame.Function);
            return;
        }

        var error = FunctionRegistry.TryDecode(frame.Function, MessageKind.HostRequest, frame.Payload.Span, _module.Width, out var request);
        if (error != DecodeError.None || !Array.Exists(_functions, group => group.Handle(request!))) SimulationLog.BadRequest(_logger, frame, error);
    }
}
