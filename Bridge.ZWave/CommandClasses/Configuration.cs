using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Configuration (0x70, V1-V4): the parameters of a device, numbered by its maker.</summary>
/// <remarks>
/// Set, Get and Report carry one-byte numbers; parameters above 255 are reached by the bulk commands only. A value is a two's complement
/// number as sent; whether the device means it unsigned is known from its format (V3) or its documentation.
/// </remarks>
public static class ConfigurationCommandClass
{
    public static readonly CommandClassId Id = new(0x70);

    public static readonly CommandClassDefinition Definition = new(Id, "CONFIGURATION", ImplementedVersion: 4,
    [
        CommandDefinition.Of<ConfigurationDefaultReset>("CONFIGURATION_DEFAULT_RESET"),
        CommandDefinition.Of<ConfigurationSet>("CONFIGURATION_SET"),
        CommandDefinition.Of<ConfigurationGet>("CONFIGURATION_GET"),
        CommandDefinition.Of<ConfigurationReport>("CONFIGURATION_REPORT"),
        CommandDefinition.Of<ConfigurationBulkSet>("CONFIGURATION_BULK_SET"),
        CommandDefinition.Of<ConfigurationBulkGet>("CONFIGURATION_BULK_GET"),
        CommandDefinition.Of<ConfigurationBulkReport>("CONFIGURATION_BULK_REPORT"),
        CommandDefinition.Of<ConfigurationNameGet>("CONFIGURATION_NAME_GET"),
        CommandDefinition.Of<ConfigurationNameReport>("CONFIGURATION_NAME_REPORT"),
        CommandDefinition.Of<ConfigurationInfoGet>("CONFIGURATION_INFO_GET"),
        CommandDefinition.Of<ConfigurationInfoReport>("CONFIGURATION_INFO_REPORT"),
        CommandDefinition.Of<ConfigurationPropertiesGet>("CONFIGURATION_PROPERTIES_GET"),
        CommandDefinition.Of<ConfigurationPropertiesReport>("CONFIGURATION_PROPERTIES_REPORT"),
    ])
    {
        InterviewSteps =
        [
            new("Parameters", InterviewPhase.Configuration, ScanParameters) { MinimumVersion = 3, RootOnly = true },
            new("Parameter values", InterviewPhase.Configuration, AskValues) { RootOnly = true },
        ],
    };

    /// <summary>Longer chains of parameters are not followed: no device has as many.</summary>
    private const int MaximumParameters = 300;

    /// <summary>After this many parameters without an answer names (or descriptions) are not asked any more.</summary>
    private const int MaximumUnanswered = 2;

    /// <summary>The value of a parameter, signed as sent. Writeable.</summary>
    public static PropertyId Parameter(int number) => new(Id, "parameter", number);

    /// <summary>How many bytes the device uses for a parameter (1, 2, 4): a Set has to use the same.</summary>
    public static PropertyId ParameterSize(int number) => new(Id, "parameterSize", number);

    /// <summary>
    /// The <see cref="ConfigurationFormat"/> of a parameter; known only where the device told it (V3). In every format but the signed one
    /// the value has to be read unsigned, with the size of the parameter.
    /// </summary>
    public static PropertyId ParameterFormat(int number) => new(Id, "parameterFormat", number);

    /// <summary>The device's own name of a parameter (V3).</summary>
    public static PropertyId ParameterName(int number) => new(Id, "parameterName", number);

    /// <summary>The device's own words on a parameter (V3).</summary>
    public static PropertyId ParameterInfo(int number) => new(Id, "parameterInfo", number);

    /// <summary>True when writing a parameter changes what the device can do, so that it has to be interviewed again (V4).</summary>
    public static PropertyId ParameterAltersCapabilities(int number) => new(Id, "parameterAltersCapabilities", number);

    /// <summary>True for a parameter meant for experts (V4).</summary>
    public static PropertyId ParameterAdvanced(int number) => new(Id, "parameterAdvanced", number);

    /// <summary>The number of the parameter after this one; 0 = there is none (V3).</summary>
    public static PropertyId NextParameter(int number) => new(Id, "nextParameter", number);

    /// <summary>What a parameter is, from the device: the chain of numbers from 0 on, name and description of each.</summary>
    private static IEnumerable<InterviewRequest> ScanParameters(InterviewView view)
    {
        var namesMissed = 0;
        var infosMissed = 0;
        foreach (var number in Chain(view))
        {
            var parameter = (ushort)number;
            yield return InterviewRequest.For<ConfigurationPropertiesReport>(
                new ConfigurationPropertiesGet(parameter), report => report.ParameterNumber == parameter);
            if (!view.Read(ParameterFormat(number)).IsKnown) continue;
            if (namesMissed < MaximumUnanswered)
            {
                yield return InterviewRequest.For<ConfigurationNameReport>(
                    new ConfigurationNameGet(parameter), report => report.ParameterNumber == parameter);
                if (!view.Read(ParameterName(number)).IsKnown) namesMissed++;
            }

            if (infosMissed < MaximumUnanswered)
            {
                yield return InterviewRequest.For<ConfigurationInfoReport>(
                    new ConfigurationInfoGet(parameter), report => report.ParameterNumber == parameter);
                if (!view.Read(ParameterInfo(number)).IsKnown) infosMissed++;
            }
        }
    }

    private static IEnumerable<InterviewRequest> AskValues(InterviewView view)
    {
        IEnumerable<int> found = view.Version >= 3 ? Chain(view).Where(number => view.Read(ParameterFormat(number)).IsKnown) : [];
        foreach (var number in view.KnownParameters.Concat(found).Where(static number => number is >= 0 and <= 255).Distinct().Order())
        {
            // A device asked for a parameter it does not have may answer with another one: that is not the answer.
            yield return InterviewRequest.For<ConfigurationReport>(
                new ConfigurationGet((byte)number), report => report.ParameterNumber == number);
        }
    }

    /// <summary>
    /// 0 and the numbers the device names as "next", each read only after the one before was handed out. Numbers that do not
    /// ascend end it: a device that points back would be asked for ever.
    /// </summary>
    private static IEnumerable<int> Chain(InterviewView view)
    {
        long number = 0;
        for (var count = 0; count < MaximumParameters; count++)
        {
            yield return (int)number;
            if (view.Read(NextParameter((int)number)).AsInteger is not { } next || next <= number || next > ushort.MaxValue) yield break;
            number = next;
        }
    }
}

/// <summary>How the bytes of a parameter are meant.</summary>
public enum ConfigurationFormat : byte
{
    /// <summary>A two's complement number.</summary>
    Signed = 0,

    /// <summary>A number from 0 on.</summary>
    Unsigned = 1,

    /// <summary>One of several choices; unsigned.</summary>
    Enumerated = 2,

    /// <summary>Independent bits; the maximum is the mask of those supported.</summary>
    BitField = 3,
}
