using Bridge.ZWave.Serial;
using Bridge.ZWave.Serial.Functions;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>The payload of a data frame in both widths and, for a request, as one of the host and as one of the module.</summary>
internal sealed class MessageCheck(Action<IReceivedCommand> deliver)
{
    private static readonly NodeIdWidth[] s_widths = [NodeIdWidth.Bits8, NodeIdWidth.Bits16];
    private static readonly MessageKind[] s_requests = [MessageKind.HostRequest, MessageKind.ModuleRequest];
    private static readonly MessageKind[] s_responses = [MessageKind.Response];

    private readonly FieldJson _fields = new();

    /// <summary>How often each message was decoded.</summary>
    public Dictionary<(FunctionId Function, MessageKind Kind), long> Decoded { get; } = [];

    public void Run(DataFrame frame)
    {
        foreach (var width in s_widths)
        {
            foreach (var kind in frame.Type == FrameType.Response ? s_responses : s_requests) Run(frame, kind, width);
        }
    }

    private void Run(DataFrame frame, MessageKind kind, NodeIdWidth width)
    {
        var error = FunctionRegistry.TryDecode(frame.Function, kind, frame.Payload.Span, width, out var message);
        FuzzViolation.Unless(error == DecodeError.None == message is not null, "there is a message exactly when there is no error");
        if (message is null)
        {
            FuzzViolation.Unless(error is DecodeError.Truncated or DecodeError.ReservedValue or DecodeError.UnknownCommand, "a message is refused with a reason");
            return;
        }

        Decoded[(frame.Function, kind)] = Decoded.GetValueOrDefault((frame.Function, kind)) + 1;
        var described = _fields.Of(message);
        var canonical = DataFrame.Of(message, width);
        error = FunctionRegistry.TryDecode(canonical.Function, kind, canonical.Payload.Span, width, out var again);
        FuzzViolation.Unless(again is not null, $"an encoded {message.GetType().Name} decodes, but: {error}");
        var describedAgain = _fields.Of(again!);
        FuzzViolation.Unless(described == describedAgain, $"a message says the same after a round trip: {described} / {describedAgain}");
        if (message is IReceivedCommand received) deliver(received);
    }
}
