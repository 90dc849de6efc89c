using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.Serial;

/// <summary>
/// A request under way: its state, its frame and whoever waits for it. Everything but <see cref="IsAbandoned"/> belongs to the session's loop.
/// </summary>
internal abstract class PendingCommand(IHostRequest request, CommandRules rules)
{
    private volatile bool _isAbandoned;

    public IHostRequest Request { get; } = request;

    public CommandRules Rules { get; } = rules;

    public CommandState State { get; set; } = new(CommandPhase.Queued);

    /// <summary>When the machine wants to be called again, in the session's time; null when never.</summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>The frame on the line: the same bytes in every transmission.</summary>
    public byte[] Frame { get; private set; } = [];

    /// <summary>The id the callbacks carry; 0 when no callback is awaited.</summary>
    public byte CallbackId { get; private set; }

    /// <summary>True when the caller does not wait any more; set by any thread.</summary>
    public bool IsAbandoned
    {
        get => _isAbandoned;
        set => _isAbandoned = value;
    }

    /// <summary>The answer that said no, if any.</summary>
    protected ISerialMessage? Refusal { get; private set; }

    /// <summary>Builds the frame right before it is sent: node id width and callback id are known by now.</summary>
    /// <exception cref="InvalidOperationException">The message does not fit a frame.</exception>
    public void Prepare(byte callbackId, NodeIdWidth width)
    {
        CallbackId = callbackId;
        var message = Rules.HasCallback ? ((ICallbackRequest)Request).WithCallbackId(callbackId) : Request;
        Frame = DataFrame.Of(message, width).ToBytes();
    }

    /// <summary>Reads a RES of this function.</summary>
    public CommandInput ReadResponse(ReadOnlySpan<byte> payload, NodeIdWidth width)
    {
        Refusal = null;
        if (!TryReadResponse(payload, width, out var response)) return CommandInput.ResponseMalformed;
        if (response is not IStatusResponse { IsAccepted: false }) return CommandInput.ResponseAccepted;
        Refusal = response;
        return CommandInput.ResponseRefused;
    }

    /// <summary>Reads a callback; null when it is not one of this command.</summary>
    public virtual CommandInput? ReadCallback(ReadOnlySpan<byte> payload, NodeIdWidth width) => null;

    /// <summary>Hands the last callback to whoever follows the progress.</summary>
    public virtual void Report()
    {
    }

    /// <summary>Hands out the result.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that its token ended the wait; any thread.</summary>
    public virtual void Cancel(CancellationToken cancellationToken)
    {
    }

    /// <summary>Tells the caller why there is none.</summary>
    public abstract void Fail(ZWaveException reason);

    public void Fail(ZWaveErrorCode code, string message) =>
        Fail(new ZWaveException(code, $"function {Request.Function}: {message}") { Function = Request.Function, Response = Refusal });

    protected virtual bool TryReadResponse(ReadOnlySpan<byte> payload, NodeIdWidth width, out ISerialMessage? response)
    {
        var error = FunctionRegistry.TryDecode(Request.Function, MessageKind.Response, payload, width, out response);
        // Without a codec the rule of nearly all functions holds: 0 says no.
        if (error == DecodeError.UnknownCommand) response = new BareStatus(Request.Function, payload.IsEmpty || payload[0] != 0);
        return error is DecodeError.None or DecodeError.UnknownCommand;
    }

    private sealed record BareStatus(FunctionId Function, bool IsAccepted) : IStatusResponse
    {
        public MessageKind Kind => MessageKind.Response;

        public void Encode(ref PayloadWriter payload, NodeIdWidth width) => payload.WriteByte(IsAccepted ? (byte)1 : (byte)0);

        public void Describe(FieldWriter fields) => fields.Number("status", IsAccepted ? 1L : 0L);
    }
}

/// <summary>A request that is done with its ACK.</summary>
internal sealed class AckCommand(IHostRequest request, CommandRules rules) : PendingCommand(request, rules)
{
    private readonly TaskCompletionSource _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Result => _result.Task;

    public override void Complete() => _result.TrySetResult();

    public override void Fail(ZWaveException reason) => _result.TrySetException(reason);

    public override void Cancel(CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);
}

/// <summary>The abort of a transmission: nobody waits for it, the transmission's own callback tells the outcome.</summary>
internal sealed class AbortCommand(IHostRequest request, CommandRules rules) : PendingCommand(request, rules)
{
    public override void Complete()
    {
    }

    public override void Fail(ZWaveException reason)
    {
    }
}

/// <summary>A request that is done with its RES.</summary>
internal sealed class ResponseCommand<TResponse>(IHostRequest request, CommandRules rules) : PendingCommand(request, rules)
    where TResponse : class, ISerialMessage<TResponse>
{
    private readonly TaskCompletionSource<TResponse> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResponse? _response;

    public Task<TResponse> Result => _result.Task;

    public override void Complete() => _result.TrySetResult(_response!);

    public override void Fail(ZWaveException reason) => _result.TrySetException(reason);

    public override void Cancel(CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);

    protected override bool TryReadResponse(ReadOnlySpan<byte> payload, NodeIdWidth width, out ISerialMessage? response)
    {
        var reader = new PayloadReader(payload);
        var isRead = TResponse.TryDecode(ref reader, width, out _response) == DecodeError.None;
        response = _response;
        return isRead;
    }
}

/// <summary>A request that is done with its last callback.</summary>
internal sealed class CallbackCommand<TCallback>(ICallbackRequest request, CommandRules rules, Action<TCallback>? progress)
    : PendingCommand(request, rules)
    where TCallback : class, ICallback, ISerialMessage<TCallback>
{
    private readonly TaskCompletionSource<TCallback> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TCallback? _callback;

    public Task<TCallback> Result => _result.Task;

    public override CommandInput? ReadCallback(ReadOnlySpan<byte> payload, NodeIdWidth width)
    {
        var reader = new PayloadReader(payload);
        if (TCallback.TryDecode(ref reader, width, out var callback) != DecodeError.None || callback!.CallbackId != CallbackId) return null;
        _callback = callback;
        return callback.IsFinal ? CommandInput.FinalCallback : CommandInput.Progress;
    }

    public override void Report()
    {
        if (!IsAbandoned) progress?.Invoke(_callback!);
    }

    public override void Complete() => _result.TrySetResult(_callback!);

    public override void Fail(ZWaveException reason) => _result.TrySetException(reason);

    public override void Cancel(CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);
}
