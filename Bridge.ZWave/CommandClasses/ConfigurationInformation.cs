using System.Text;
using Bridge.ZWave.Values;
using Bridge.ZWave.Wire;

namespace Bridge.ZWave.CommandClasses;

/// <summary>Configuration Name Get (0x70 0x0A): ask for the name of a parameter. Since V3.</summary>
/// <remarks>
/// bytes 0-1  parameter number. Source: application command class specification, Configuration Name Get.
/// </remarks>
public sealed record ConfigurationNameGet(ushort ParameterNumber) : ICommand<ConfigurationNameGet>
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x0A);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationNameGet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var number)) return DecodeError.Truncated;
        command = new(number);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteUInt16(ParameterNumber);

    public void Describe(FieldWriter fields) => fields.Number("parameterNumber", (long)ParameterNumber);
}

/// <summary>Configuration Name Report (0x70 0x0B): the name of a parameter, or a piece of it. Since V3.</summary>
/// <remarks>
/// bytes 0-1  parameter number
/// byte 2     reports to follow
/// 3..        piece of the name, UTF-8. A character may be split over two frames: pieces are joined as bytes and decoded after.
/// Source: application command class specification, Configuration Name Report.
/// </remarks>
public sealed record ConfigurationNameReport(ushort ParameterNumber, byte ReportsToFollow, byte[] NameBytes)
    : ICommand<ConfigurationNameReport>, IValueReport, IPartialReport
{
    public ConfigurationNameReport(ushort parameterNumber, string name)
        : this(parameterNumber, 0, Encoding.UTF8.GetBytes(name))
    {
    }

    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x0B);

    public int PartKey => ParameterNumber;

    /// <summary>The name; bytes that are no UTF-8 (of a piece, or of a faulty device) show as the replacement character.</summary>
    public string Name => Encoding.UTF8.GetString(NameBytes);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationNameReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var number) || !payload.TryReadByte(out var reportsToFollow)) return DecodeError.Truncated;
        command = new(number, reportsToFollow, payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ParameterNumber);
        payload.WriteByte(ReportsToFollow);
        payload.WriteBytes(NameBytes);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterNumber", (long)ParameterNumber);
        fields.Number("reportsToFollow", (long)ReportsToFollow);
        fields.Text("name", Name);
    }

    public ICommand JoinAfter(ICommand earlier) =>
        earlier is ConfigurationNameReport part && part.ParameterNumber == ParameterNumber
            ? this with { NameBytes = ConfigurationText.Join(part.NameBytes, NameBytes) }
            : this;

    public void CollectValues(IValueSink values) =>
        values.Set(ConfigurationCommandClass.ParameterName(ParameterNumber), Value.Of(ConfigurationText.Clean(Name)));
}

/// <summary>Configuration Info Get (0x70 0x0C): ask what a parameter is about. Since V3.</summary>
/// <remarks>
/// bytes 0-1  parameter number. Source: application command class specification, Configuration Info Get.
/// </remarks>
public sealed record ConfigurationInfoGet(ushort ParameterNumber) : ICommand<ConfigurationInfoGet>
{
    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x0C);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationInfoGet? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var number)) return DecodeError.Truncated;
        command = new(number);
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context) => payload.WriteUInt16(ParameterNumber);

    public void Describe(FieldWriter fields) => fields.Number("parameterNumber", (long)ParameterNumber);
}

/// <summary>Configuration Info Report (0x70 0x0D): what a parameter is about, or a piece of it. Since V3.</summary>
/// <remarks>
/// bytes 0-1  parameter number
/// byte 2     reports to follow
/// 3..        piece of the text, UTF-8, joined as in <see cref="ConfigurationNameReport"/>
/// Source: application command class specification, Configuration Info Report.
/// </remarks>
public sealed record ConfigurationInfoReport(ushort ParameterNumber, byte ReportsToFollow, byte[] InfoBytes)
    : ICommand<ConfigurationInfoReport>, IValueReport, IPartialReport
{
    public ConfigurationInfoReport(ushort parameterNumber, string info)
        : this(parameterNumber, 0, Encoding.UTF8.GetBytes(info))
    {
    }

    public static CommandId CommandId => new(ConfigurationCommandClass.Id, 0x0D);

    public int PartKey => ParameterNumber;

    /// <summary>The text; bytes that are no UTF-8 (of a piece, or of a faulty device) show as the replacement character.</summary>
    public string Info => Encoding.UTF8.GetString(InfoBytes);

    public static DecodeError TryDecode(ref PayloadReader payload, out ConfigurationInfoReport? command)
    {
        command = null;
        if (!payload.TryReadUInt16(out var number) || !payload.TryReadByte(out var reportsToFollow)) return DecodeError.Truncated;
        command = new(number, reportsToFollow, payload.ReadRemaining().ToArray());
        return DecodeError.None;
    }

    public void Encode(ref PayloadWriter payload, CodecContext context)
    {
        payload.WriteUInt16(ParameterNumber);
        payload.WriteByte(ReportsToFollow);
        payload.WriteBytes(InfoBytes);
    }

    public void Describe(FieldWriter fields)
    {
        fields.Number("parameterNumber", (long)ParameterNumber);
        fields.Number("reportsToFollow", (long)ReportsToFollow);
        fields.Text("info", Info);
    }

    public ICommand JoinAfter(ICommand earlier) =>
        earlier is ConfigurationInfoReport part && part.ParameterNumber == ParameterNumber
            ? this with { InfoBytes = ConfigurationText.Join(part.InfoBytes, InfoBytes) }
            : this;

    public void CollectValues(IValueSink values) =>
        values.Set(ConfigurationCommandClass.ParameterInfo(ParameterNumber), Value.Of(ConfigurationText.Clean(Info)));
}

/// <summary>Texts that come in pieces.</summary>
internal static class ConfigurationText
{
    /// <summary>256 frames of 60 bytes stay below; a device that never ends its report does not grow our memory.</summary>
    public const int MaximumLength = 16 * 1024;

    public static byte[] Join(byte[] earlier, byte[] later) =>
        earlier.Length + later.Length > MaximumLength ? earlier : [.. earlier, .. later];

    /// <summary>Without the zeros and blanks some devices fill up with.</summary>
    public static string Clean(string text) => text.Trim('\0', ' ');
}
