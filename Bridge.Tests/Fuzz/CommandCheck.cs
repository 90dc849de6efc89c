using System.Text.RegularExpressions;
using Bridge.ZWave.CommandClasses;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.Tests.Fuzz;

/// <summary>A command without layers: decoded, described, its values stored, encoded for nodes of any version, decoded again.</summary>
internal sealed partial class CommandCheck(ValueStore values, InterviewCheck interview)
{
    // A Transport Service datagram, and whatever an encoder might put in front.
    private readonly byte[] _buffer = new byte[4096];
    private readonly FieldJson _fields = new();

    /// <summary>How often each command was decoded.</summary>
    public Dictionary<CommandId, long> Decoded { get; } = [];

    /// <summary>The command, or null when the bytes are none.</summary>
    public ICommand? Run(ReadOnlySpan<byte> bytes, NodeId node, EndpointIndex endpoint)
    {
        var error = CommandCodec.TryDecode(bytes, out var command);
        FuzzViolation.Unless(error == DecodeError.None == command is not null, "there is a command exactly when there is no error");
        var described = _fields.Of(bytes, out var describeError);
        if (command is null)
        {
            var expected = error == DecodeError.UnknownCommand ? DecodeError.None : error;
            FuzzViolation.Unless(describeError == expected, $"a command is described with its error {error}, not {describeError}");
            FuzzViolation.Unless(error is not (DecodeError.NeedMoreData or DecodeError.NotDecrypted), "a command is refused with a reason");
            return null;
        }

        Decoded[command.Id] = Decoded.GetValueOrDefault(command.Id) + 1;
        Store(command, node, endpoint);
        interview.Remember(command);
        for (byte version = 1; version <= 3; version++) Encode(command, new(version));
        var canonical = Encode(command, CodecContext.Newest);
        var describedAgain = _fields.Of(canonical, out _);
        // A check sequence is told as it came and covers reserved bits, which are not kept: it may be another one afterwards.
        if (command.Id.CommandClass == TransportServiceCommandClass.Id) (described, describedAgain) = (WithoutCheckSequence(described), WithoutCheckSequence(describedAgain));
        FuzzViolation.Unless(described == describedAgain, $"a command says the same after a round trip: {described} / {describedAgain}");
        return command;
    }

    /// <summary>Hands the values of a report to the store.</summary>
    public void Store(ICommand command, NodeId node, EndpointIndex endpoint) =>
        (command as IValueReport)?.CollectValues(new NodeValues(values, node, endpoint));

    private static string WithoutCheckSequence(string described) => CheckSequence().Replace(described, string.Empty);

    [GeneratedRegex("\"frameCheckSequence\":\\d+")]
    private static partial Regex CheckSequence();

    private ReadOnlySpan<byte> Encode(ICommand command, CodecContext context)
    {
        var payload = new PayloadWriter(_buffer);
        CommandCodec.Encode(command, context, ref payload);
        FuzzViolation.Unless(!payload.Overflowed, $"{command.Id} encodes to a bounded length");
        return payload.Written;
    }

    private sealed class NodeValues(ValueStore values, NodeId node, EndpointIndex endpoint) : IValueSink
    {
        public void Set(PropertyId property, Value value) => values.Set(new(node, endpoint, property), value);

        public void Describe(PropertyId property, ValueMetadata metadata) => values.Describe(new(node, endpoint, property), metadata);

        public Value Read(PropertyId property) => values.Read(new(node, endpoint, property));
    }
}
