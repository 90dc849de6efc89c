using Bridge.ZWave.Wire;

namespace Bridge.Cli;

/// <summary>What the bytes are taken for.</summary>
public enum DecodeKind
{
    /// <summary>Told by the bytes.</summary>
    Auto,

    /// <summary>A command: class, command number, parameters.</summary>
    CommandClass,

    /// <summary>A frame of the Serial API.</summary>
    Serial,
}

/// <summary>The command line of <c>zwbridge decode</c>.</summary>
public sealed record DecodeOptions
{
    /// <summary>The input that stands for standard input.</summary>
    public const string StandardInput = "-";

    public DecodeKind Kind { get; private init; }

    /// <summary>True when serial frames were sent by the host; requests of host and module mean different things.</summary>
    public bool IsFromHost { get; private init; }

    public NodeIdWidth NodeIdWidth { get; private init; } = NodeIdWidth.Bits8;

    /// <summary>True when the inputs are pieces of one stream, as they were read from the line.</summary>
    public bool IsStream { get; private init; }

    /// <summary>Hex texts, or <see cref="StandardInput"/> alone.</summary>
    public IReadOnlyList<string> Inputs { get; private init; } = [];

    public bool ReadsStandardInput => Inputs is [StandardInput];

    /// <summary>Reads the arguments behind the verb; <paramref name="problem"/> says what cannot be understood.</summary>
    public static DecodeOptions? Parse(IReadOnlyList<string> arguments, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var options = new DecodeOptions();
        List<string> inputs = [];
        var areOptionsOver = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (areOptionsOver || argument == StandardInput || !argument.StartsWith('-'))
            {
                inputs.Add(argument);
                continue;
            }

            if (argument == "--")
            {
                areOptionsOver = true;
                continue;
            }

            if (argument == "--stream")
            {
                options = options with { IsStream = true };
                continue;
            }

            var split = argument.IndexOf('=', StringComparison.Ordinal);
            var name = split < 0 ? argument : argument[..split];
            if (name is not ("--kind" or "--from" or "--node-id-bits"))
            {
                problem = $"decode: unknown option '{argument}'";
                return null;
            }

            var value = split >= 0 ? argument[(split + 1)..] : ++index < arguments.Count ? arguments[index] : null;
            if (options.With(name, value, out problem) is not { } next) return null;
            options = next;
        }

        options = options with { Inputs = inputs };
        problem = options.Problem();
        return problem is null ? options : null;
    }

    private DecodeOptions? With(string name, string? value, out string? problem)
    {
        var (next, allowed) = name switch
        {
            "--kind" => (value switch
            {
                "auto" => this with { Kind = DecodeKind.Auto },
                "cc" => this with { Kind = DecodeKind.CommandClass },
                "serial" => this with { Kind = DecodeKind.Serial },
                _ => null,
            }, "auto, cc or serial"),
            "--from" => (value switch
            {
                "module" => this with { IsFromHost = false },
                "host" => this with { IsFromHost = true },
                _ => null,
            }, "module or host"),
            _ => (value switch
            {
                "8" => this with { NodeIdWidth = NodeIdWidth.Bits8 },
                "16" => this with { NodeIdWidth = NodeIdWidth.Bits16 },
                _ => null,
            }, "8 or 16"),
        };
        problem = next is not null ? null : $"decode: {name} takes {allowed}" + (value is null ? string.Empty : $", not '{value}'");
        return next;
    }

    private string? Problem()
    {
        if (Inputs.Count == 0) return "decode: no hex given";
        if (Inputs.Contains(StandardInput) && !ReadsStandardInput) return "decode: '-' stands alone";
        if (IsStream && ReadsStandardInput) return "decode: --stream takes its pieces from the command line";
        if (IsStream && Kind == DecodeKind.CommandClass) return "decode: --stream is for --kind serial";
        return null;
    }
}
